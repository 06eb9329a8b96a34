/** A Chromium on this machine, or what stands in its way; `say` is told what is installed. */
export function findChromium(say: (line: string) => void): Promise<{ readonly path: string } | { readonly problem: string }>;
