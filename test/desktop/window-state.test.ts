import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from '../../electron/desktop/window-file';
import { defaultState, fitToDisplays, parseWindowState, smallestWindow } from '../../electron/desktop/window-state';

const folder = mkdtempSync(join(tmpdir(), 'tenantscope-window-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const right = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('a remembered window', () => {
  it('comes back where it stood', () => {
    const file = join(folder, 'window.json');
    const state = { bounds: { x: 1500, y: 40, width: 1200, height: 800 }, isMaximized: true, zoomFactor: 1.25 };
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(fitToDisplays(state.bounds, [laptop, right])).toEqual(state.bounds);
  });

  it('is the default one when its file is missing, is a folder or cannot be written', () => {
    expect(readWindowState(join(folder, 'nothing.json'))).toEqual(defaultState);
    expect(readWindowState(folder)).toEqual(defaultState);
    writeWindowState(join(folder, 'no', 'such', 'folder.json'), defaultState);
  });

  it.each(['', '{', 'null', '[]', '7', '"x"', '{"bounds":1}', '{"bounds":{"x":1}}', '{"bounds":{"x":1e99,"y":0,"width":1,"height":1}}', '{"bounds":{"x":0,"y":0,"width":-5,"height":5}}',
    '{"bounds":{"x":0.5,"y":0,"width":5,"height":5}}', '{"zoomFactor":0}', '{"zoomFactor":"big"}', '{"isMaximized":"yes"}', '\u0000\u0000'])('is the default one when its file holds %j', text => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toEqual(defaultState);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('keeps what is right beside what is not', () => {
    expect(parseWindowState('{"bounds":null,"isMaximized":true,"zoomFactor":99}')).toEqual({ bounds: null, isMaximized: true, zoomFactor: 1 });
  });

  it('is whole whatever the file holds', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), text => {
      const state = parseWindowState(text);
      expect(Object.keys(state).sort()).toEqual(['bounds', 'isMaximized', 'zoomFactor']);
      expect(state.zoomFactor).toBeGreaterThan(0);
    }), { seed: 43, numRuns: 1_000 });
  });
});

describe('a window whose display is gone', () => {
  it('is centred anew', () => {
    expect(fitToDisplays({ x: 2000, y: 100, width: 1200, height: 800 }, [laptop])).toBeNull();
    expect(fitToDisplays({ x: -1190, y: 100, width: 1200, height: 800 }, [laptop])).toBeNull();
    expect(fitToDisplays({ x: 0, y: 0, width: 1200, height: 800 }, [])).toBeNull();
  });

  it('is moved and shrunk into the one that still shows most of it', () => {
    expect(fitToDisplays({ x: 1300, y: 500, width: 2000, height: 1300 }, [laptop, right])).toEqual({ x: 1440, y: 140, width: 2000, height: 1300 });
    expect(fitToDisplays({ x: 100, y: 0, width: 4000, height: 3000 }, [laptop])).toEqual(laptop);
  });

  it('always lies inside a display, and is never too small where there is room', () => {
    const bounds = fc.record({ x: fc.integer({ min: -9_000, max: 9_000 }), y: fc.integer({ min: -9_000, max: 9_000 }), width: fc.integer({ min: 1, max: 9_000 }), height: fc.integer({ min: 1, max: 9_000 }) });
    fc.assert(fc.property(bounds, fc.array(bounds, { maxLength: 4 }), (window, areas) => {
      const fitted = fitToDisplays(window, areas);
      if (fitted === null) return;
      const inside = areas.filter(area => fitted.x >= area.x && fitted.y >= area.y && fitted.x + fitted.width <= area.x + area.width && fitted.y + fitted.height <= area.y + area.height);
      expect(inside.length).toBeGreaterThan(0);
      expect(inside.some(area => fitted.width >= Math.min(smallestWindow.width, area.width) && fitted.height >= Math.min(smallestWindow.height, area.height))).toBe(true);
    }), { seed: 44, numRuns: 2_000 });
  });
});
