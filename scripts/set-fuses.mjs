/** Sets every fuse of a packed Electron on purpose, before it is signed: electron-builder's hook after packing. */
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** electron-builder's name of a fuse, and Electron's. */
const names = {
  runAsNode: 'RunAsNode',
  enableCookieEncryption: 'EnableCookieEncryption',
  enableNodeOptionsEnvironmentVariable: 'EnableNodeOptionsEnvironmentVariable',
  enableNodeCliInspectArguments: 'EnableNodeCliInspectArguments',
  enableEmbeddedAsarIntegrityValidation: 'EnableEmbeddedAsarIntegrityValidation',
  onlyLoadAppFromAsar: 'OnlyLoadAppFromAsar',
  loadBrowserProcessSpecificV8Snapshot: 'LoadBrowserProcessSpecificV8Snapshot',
  grantFileProtocolExtraPrivileges: 'GrantFileProtocolExtraPrivileges',
};

/**
 * All of Electron's fuses: those of `electronFuses`, and the one that electron-builder does not know. `strictlyRequireAllFuses` fails
 * the build when an Electron brings another. Linux has no check of the archive and ignores its fuse.
 * @param {Record<string, boolean>} electronFuses
 */
export const fuseConfig = electronFuses => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  ...Object.fromEntries(Object.entries(names).map(([name, fuse]) => [FuseV1Options[fuse], electronFuses[name]])),
  // Without trap handlers WebAssembly, and with it every query, is slower.
  [FuseV1Options.WasmTrapHandlers]: true,
});

/** The file or the bundle that electron-builder is about to sign. */
export function packedElectron({ appOutDir, electronPlatformName, packager }) {
  const product = packager.appInfo.productFilename;
  const names = { darwin: `${product}.app`, win32: `${product}.exe`, linux: packager.executableName };
  return path.join(appOutDir, names[electronPlatformName]);
}

/** electron-builder sets its own eight again afterwards; its copy of the tool knows no more. The halves of a universal application are put together first. */
export async function afterPack(context) {
  if (context.appOutDir.endsWith('-temp')) return;
  await flipFuses(packedElectron(context), fuseConfig(context.packager.config.electronFuses));
}
