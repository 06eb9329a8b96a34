/** The only module that runs ECharts: draws an option into the page, and into a picture; fetched when the first chart is drawn. */
import { BarChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Size } from './chart-geometry';
import type { ChartOption } from './chart-option';
import type { PixelOf } from './chart-segments';
import { svgWithoutMarkup } from './svg-without-markup';

register([BarChart, LineChart, GridComponent, GraphicComponent, svgWithoutMarkup]);

export type EchartsSurfaceProps = {
  readonly option: ChartOption;
  readonly size: Size;
  readonly className?: string | undefined;
  /** Told where values lie, each time after the chart is drawn. Keep the same function. */
  readonly onDrawn?: (pixelOf: PixelOf) => void;
};

export function EchartsSurface({ option, size: { width, height }, className, onDrawn }: EchartsSurfaceProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  useLayoutEffect(() => {
    if (host.current === null) return undefined;
    const drawn = init(host.current, null, { renderer: 'svg', width: 0, height: 0 });
    chart.current = drawn;
    return () => {
      chart.current = null;
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    const drawn = chart.current;
    if (drawn === null) return;
    drawn.resize({ width, height });
    drawn.setOption(option, { notMerge: true });
    onDrawn?.(value => (drawn.isDisposed() ? 0 : drawn.convertToPixel({ yAxisIndex: 0 }, value)));
  }, [option, width, height, onDrawn]);
  return <div ref={host} className={className} style={{ width, height }} aria-hidden="true" />;
}

/** The option as the text of an SVG file. */
export function drawSvg(option: ChartOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
