/** ECharts' SVG renderer, made to take its nodes away as nodes: the page lets nobody set markup, not even empty markup. */
import { SVGRenderer } from 'echarts/renderers';

type Registers = Parameters<typeof SVGRenderer>[0];
type PainterClass = Parameters<Registers['registerPainter']>[1];
/** The parts of the painter that its own clearing sets markup on, and skips where they are missing. */
type Parts = { root?: HTMLElement | undefined; _svgDom?: Element | undefined };

function withoutMarkup(Painter: PainterClass): PainterClass {
  return class extends Painter {
    override clear(): void {
      const parts = this as unknown as Parts;
      const dom = parts._svgDom;
      dom?.replaceChildren();
      parts._svgDom = undefined;
      super.clear();
      parts._svgDom = dom;
    }

    override dispose(): void {
      const parts = this as unknown as Parts;
      parts.root?.replaceChildren();
      parts.root = undefined;
      super.dispose();
    }
  };
}

/** For `use` of echarts/core. */
export function svgWithoutMarkup(registers: Registers): void {
  SVGRenderer({ ...registers, registerPainter: (name, Painter) => { registers.registerPainter(name, withoutMarkup(Painter)); } });
}
