/**
 * The monthly report as one page of HTML that needs nothing else: pictures are SVG in it, fonts are in it, no script runs in it. Two sheets of A4
 * when printed. Every text of the ledger goes through `esc`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { ageingNow, ageingTrend, COLOURS, dsoTrend, weeklyVolume } from './charts.ts';
import type { ReportFigures } from './read-report.ts';
import { REPORT_STYLE } from './report-style.ts';
import { monthWords, SUGGESTION_TITLES, WORDS, type Words } from './report-words.ts';
import { amountsOf, delta, grouped } from './report-text.ts';
import { esc } from '../../../mail/html-text.ts';

export function reportHtml(report: ReportFigures): string {
  const { company, month } = report;
  const [english, arabic] = monthWords(month);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(`${company.name}: ${WORDS.title[0]}, ${english}`)}</title>
<style>${fontFaces()}${REPORT_STYLE}</style></head><body><main>
<header><div><h1>${esc(company.name)}</h1><p>${esc(WORDS.title[0])}, ${esc(english)}</p></div>
<div dir="rtl" lang="ar"><h1>${esc(company.nameAr ?? company.name)}</h1><p>${esc(WORDS.title[1])}، ${esc(arabic)}</p></div></header>
${both(WORDS.asOf, ` ${report.asOf}`, 'note')}
${company.isSample ? '<p class="note">Sample ledger: nobody in it exists. <span lang="ar" dir="rtl">بيانات تجريبية: لا وجود لأحد فيها.</span></p>' : ''}
${tiles(report)}
<div class="pictures">${pictures(report)}</div>
${currencyTable(report)}
<div class="halves">${mailTable(report)}${responseTable(report)}</div>
${suggestionList(report)}
</main></body></html>
`;
}

const both = ([english, arabic]: Words, after = '', style = ''): string =>
  `<p class="both ${style}"><span>${esc(english)}${esc(after)}</span><span lang="ar" dir="rtl">${esc(arabic)}${after === '' ? '' : ` <bdi>${esc(after.trim())}</bdi>`}</span></p>`;

const heading = ([english, arabic]: Words): string =>
  `<h2><span>${esc(english)}</span><span lang="ar" dir="rtl">${esc(arabic)}</span></h2>`;

const figure = (value: number | null, unit = ''): string => (value === null ? '–' : `${value.toFixed(1)}${unit}`);

/** The base currency's figures, as the company's people think of it; the others stand in the table below. */
function tiles({ ageing, baseCurrency, dso, volume }: ReportFigures): string {
  const base = ageing.find(({ currency }) => currency === baseCurrency);
  const now = dso.trend.filter(({ currency }) => currency === baseCurrency);
  const [before, last] = now.slice(-2);
  const one = (words: Words, value: string, under = ''): string =>
    `<div class="tile"><strong>${esc(value)}</strong><span>${esc(words[0])}</span><span lang="ar" dir="rtl">${esc(words[1])}</span><em>${esc(under)}</em></div>`;
  return `<div class="tiles">${[
    one(WORDS.open, base === undefined ? '–' : amountsOf(base.open)),
    one(
      WORDS.overdue,
      base === undefined ? '–' : amountsOf(base.overdue),
      base === undefined ? '' : share(base.overdue.amount, base.open.amount),
    ),
    one(
      WORDS.dso,
      figure(last?.dso ?? null),
      delta(before, last, ({ dso: days }) => days),
    ),
    one(
      WORDS.cei,
      figure(last?.collectionEffectiveness ?? null, ' %'),
      delta(before, last, ({ collectionEffectiveness }) => collectionEffectiveness),
    ),
    one(
      WORDS.saved,
      String(volume.total.emailsAvoided),
      volume.total.percentAvoided === null ? '' : `${volume.total.percentAvoided} % of ${volume.total.oneByOne}`,
    ),
  ].join('')}</div>`;
}

const share = (part: string, whole: string): string =>
  Number(whole) === 0 ? '' : `${((100 * Number(part)) / Number(whole)).toFixed(1)} %`;

const legend = (entries: readonly (readonly [Words, string])[]): string =>
  `<p class="legend">${entries.map(([[english, arabic], colour]) => `<span><i style="background:${colour}"></i>${esc(english)} · <bdi lang="ar">${esc(arabic)}</bdi></span>`).join('')}</p>`;

function pictures({ ageing, ageingTrend: trend, baseCurrency, dso, weeks }: ReportFigures): string {
  const base = ageing.find(({ currency }) => currency === baseCurrency);
  const ofBase = <Row extends { readonly currency: string }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ currency }) => currency === baseCurrency);
  const picture = (words: Words, svg: string, legends = ''): string =>
    `<figure>${heading([`${words[0]}`, words[1]])}${svg}${legends}</figure>`;
  const balances = legend([
    [WORDS.overdue, COLOURS.strong],
    [WORDS.current, COLOURS.soft],
  ]);
  return [
    base === undefined ? '' : picture(withCurrency(WORDS.ageingNow, baseCurrency), ageingNow(base), balances),
    trend.length === 0 ? '' : picture(withCurrency(WORDS.ageingTrend, baseCurrency), ageingTrend(ofBase(trend)), balances),
    picture(
      WORDS.dsoTrend,
      dsoTrend(ofBase(dso.trend)),
      legend([
        [WORDS.dso, COLOURS.strong],
        [WORDS.best, COLOURS.warm],
      ]),
    ),
    picture(
      WORDS.volume,
      weeklyVolume(weeks),
      legend([
        [WORDS.sent, COLOURS.strong],
        [WORDS.spared, COLOURS.soft],
      ]),
    ),
  ].join('');
}

const withCurrency = ([english, arabic]: Words, currency: string): Words => [`${english}, ${currency}`, `${arabic}، ${currency}`];

const table = (heads: readonly Words[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${heads.map(([english, arabic]) => `<th>${esc(english)}<br><span lang="ar" dir="rtl">${esc(arabic)}</span></th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${esc(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

const currencyTable = ({ ageing, dso }: ReportFigures): string =>
  `<section>${heading(WORDS.currencies)}${table(
    [WORDS.currency, WORDS.open, WORDS.overdue, WORDS.over90, WORDS.dso, WORDS.countback, WORDS.best, WORDS.late, WORDS.cei],
    ageing.map((balance) => {
      const figures = dso.currencies.find(({ currency }) => currency === balance.currency);
      return [
        balance.currency,
        ...[balance.open, balance.overdue, balance.over90].map(grouped),
        ...[figures?.dso, figures?.countback, figures?.bestPossible, figures?.averageDaysDelinquent].map((value) => figure(value ?? null)),
        figure(figures?.collectionEffectiveness ?? null, ' %'),
      ];
    }),
  )}</section>`;

function mailTable({ engagement: { total, promises, byLevel } }: ReportFigures): string {
  const kept =
    promises.reliability === null
      ? `${promises.kept}`
      : `${promises.kept} / ${promises.kept + promises.broken} (${figure(promises.reliability.percent, ' %')})`;
  const row = (name: string, counts: typeof total): readonly string[] => [
    name,
    `${counts.accepted} / ${counts.attempts}`,
    figure(counts.returnedPercent, ' %'),
    figure(counts.repliedPercent, ' %'),
  ];
  return `<section>${heading(WORDS.mail)}${table(
    [['', ''], WORDS.accepted, WORDS.returned, WORDS.replied],
    [...byLevel.map((level) => row(level.value, level)), row('Σ', total)],
  )}${both(WORDS.promises, ` ${kept}`, 'note')}</section>`;
}

function responseTable({ effect: { responses } }: ReportFigures): string {
  const rows = responses.filter(({ dimension }) => dimension === 'all');
  const body =
    rows.length === 0
      ? both(WORDS.nothingSent, '', 'note')
      : table(
          [WORDS.within, WORDS.settled, ['95 %', ''], WORDS.earlier],
          rows.map(({ days, settled, againstEarlier, isSmallSample }) => [
            `${days} ${WORDS.days[0]}`,
            figure(settled.percent, ' %'),
            `${settled.low}–${settled.high}`,
            againstEarlier === null
              ? '–'
              : `${isSmallSample ? '~ ' : ''}${signed(againstEarlier.percent)} (${signed(againstEarlier.low)} … ${signed(againstEarlier.high)})`,
          ]),
        );
  const few = rows.some(({ isSmallSample }) => isSmallSample) ? both(WORDS.smallSample, '', 'note') : '';
  return `<section>${heading(WORDS.responses)}${body}${both(WORDS.notACause, '', 'note')}${few}</section>`;
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

const suggestionList = ({ suggestions }: ReportFigures): string =>
  `<section>${heading(WORDS.next)}${
    suggestions.length === 0
      ? both(WORDS.nothingStandsOut, '', 'note')
      : `<ol>${suggestions
          .map(({ code, because, money }) => {
            const [english, arabic] = SUGGESTION_TITLES[code] ?? [code, code];
            const about = money.length === 0 ? '' : ` (${money.map(amountsOf).join(' + ')})`;
            return `<li><b>${esc(english)} · <bdi lang="ar">${esc(arabic)}</bdi></b> ${esc(because)}${esc(about)}</li>`;
          })
          .join('')}</ol>`
  }</section>`;

/** Arabic and Latin, regular and bold, inside the page: what is read on a telephone or printed elsewhere looks the same. */
function fontFaces(): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@fontsource/ibm-plex-sans-arabic/package.json')), 'files');
  return (['arabic', 'latin'] as const)
    .flatMap((subset) =>
      [400, 700].map((weight) => {
        const bytes = readFileSync(join(folder, `ibm-plex-sans-arabic-${subset}-${weight}-normal.woff2`)).toString('base64');
        const range = subset === 'arabic' ? 'unicode-range:U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC;' : '';
        return `@font-face{font-family:Plex;font-weight:${weight};${range}src:url(data:font/woff2;base64,${bytes}) format("woff2")}`;
      }),
    )
    .reverse()
    .join('');
}
