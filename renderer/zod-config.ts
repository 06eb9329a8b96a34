/** Keeps zod from probing for `new Function`, which the page's security policy refuses; imported before any schema. */
import { z } from 'zod';

z.config({ jitless: true });
