import type { Plugin } from 'vite';

export function bundledLicenses(): readonly { readonly name: string; readonly version: string; readonly license: string; readonly text: string }[];
export function licensesAsset(fileName: string): Plugin;
