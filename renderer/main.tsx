/** Starts the page. */
import './zod-config';
import './theme/tokens.css';
import './theme/base.css';
import { notifyManager } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app';

// What a hand changes in the cache is drawn before the next frame, as a state of React's own would be.
notifyManager.setScheduler(queueMicrotask);

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<StrictMode><App /></StrictMode>);
