/**
 * The report's pictures as SVG text, drawn by ECharts without a browser. Only what is used of it is loaded, and only for a report. Captions and
 * legends are the page's own, in both languages; a picture holds numbers and short names of months alone.
 */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import { shortMonth } from './report-words.ts';
import type { ReportFigures } from './read-report.ts';

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** Told apart in print without colour too: dark, light. */
export const COLOURS = { strong: '#1f4e6b', soft: '#9cc3d5', warm: '#b4532a', line: '#5b6770', faint: '#dfe5e8' } as const;

const FONT = "'Plex', 'IBM Plex Sans Arabic', system-ui, sans-serif";

interface Size {
  readonly width: number;
  readonly height: number;
}

const WIDE: Size = { width: 340, height: 190 };

interface Labelled {
  readonly value?: unknown;
}

type Option = Parameters<ReturnType<typeof init>['setOption']>[0];

function drawn(option: Option, { width, height }: Size = WIDE): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: FONT, fontSize: 11, color: COLOURS.line }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const GRID = { left: 6, right: 10, top: 14, bottom: 4, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const };
const categories = (data: readonly string[]) => ({
  type: 'category' as const,
  data: [...data],
  axisTick: { show: false },
  axisLine: { lineStyle: { color: COLOURS.faint } },
});
const values = {
  type: 'value' as const,
  splitNumber: 3,
  axisLabel: { formatter: short },
  splitLine: { lineStyle: { color: COLOURS.faint } },
};

/** `1.2M`, `340k`, `12`. */
function short(value: number): string {
  const size = Math.abs(value);
  const [scaled, unit] =
    size >= 1e9 ? [value / 1e9, 'bn'] : size >= 1e6 ? [value / 1e6, 'M'] : size >= 1e3 ? [value / 1e3, 'k'] : [value, ''];
  return `${Number(scaled.toFixed(Math.abs(scaled) < 10 ? 1 : 0))}${unit}`;
}

/** For pictures alone: the page's figures are the exact text. */
const lengthOf = ({ amount }: { readonly amount: string }): number => Number(amount);

/** Open by days past due, one bar per age. */
export const ageingNow = (balance: ReportFigures['ageing'][number]): string =>
  drawn({
    grid: { ...GRID, right: 44 },
    xAxis: { ...values, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { ...categories(balance.buckets.map(({ bucket }) => (bucket === 'over-365' ? '> 365' : bucket))), inverse: true },
    series: [
      {
        type: 'bar',
        barWidth: '62%',
        data: balance.buckets.map((bucket) => ({
          value: lengthOf(bucket),
          itemStyle: { color: bucket.bucket === 'current' ? COLOURS.soft : COLOURS.strong },
        })),
        label: { show: true, position: 'right', formatter: ({ value }: Labelled) => short(Number(value)) },
      },
    ],
  });

/** Overdue below, not yet due above, at the ends of months. */
export const ageingTrend = (trend: ReportFigures['ageingTrend']): string =>
  drawn({
    grid: GRID,
    xAxis: categories(trend.map(({ on }) => shortMonth(on))),
    yAxis: values,
    series: [
      {
        type: 'bar',
        stack: 'open',
        barWidth: '55%',
        itemStyle: { color: COLOURS.strong },
        data: trend.map(({ overdue }) => lengthOf(overdue)),
      },
      {
        type: 'bar',
        stack: 'open',
        itemStyle: { color: COLOURS.soft },
        data: trend.map(({ open, overdue }) => lengthOf(open) - lengthOf(overdue)),
      },
    ],
  });

export const dsoTrend = (trend: ReportFigures['dso']['trend']): string =>
  drawn({
    grid: GRID,
    xAxis: categories(trend.map(({ on }) => shortMonth(on))),
    yAxis: values,
    series: [
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: 6,
        lineStyle: { width: 2.5, color: COLOURS.strong },
        itemStyle: { color: COLOURS.strong },
        label: { show: true, formatter: ({ value }: Labelled) => Number(value).toFixed(0) },
        data: trend.map(({ dso }) => dso),
      },
      {
        type: 'line',
        symbol: 'none',
        lineStyle: { width: 2, type: 'dashed', color: COLOURS.warm },
        data: trend.map(({ bestPossible }) => bestPossible),
      },
    ],
  });

/** What was sent, and on top what one by one would have added. */
export const weeklyVolume = (weeks: ReportFigures['weeks']): string =>
  drawn({
    grid: GRID,
    xAxis: categories(weeks.map(({ startsOn }) => `${Number(startsOn.slice(8))}/${Number(startsOn.slice(5, 7))}`)),
    yAxis: values,
    series: [
      { type: 'bar', stack: 'mails', barWidth: '60%', itemStyle: { color: COLOURS.strong }, data: weeks.map(({ reminders }) => reminders) },
      { type: 'bar', stack: 'mails', itemStyle: { color: COLOURS.soft }, data: weeks.map(({ emailsAvoided }) => emailsAvoided) },
    ],
  });
