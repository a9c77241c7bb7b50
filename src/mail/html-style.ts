/**
 * The style sheet of a mail. Web-safe fonts that draw Arabic well; 14 px and a loose line are the least at which Arabic reads easily.
 * No letter spacing, italics or capitals anywhere: they break Arabic. Colours are given twice, because clients that turn a mail dark by
 * themselves keep what they are told (`[data-ogsc]` is Outlook's way of saying so).
 */
const DARK = [
  ['body,.o', 'background:#111827!important'],
  ['.p', 'background:#1b2431!important;border-color:#334155!important'],
  ['.p td,.p th,.p p,.p div,.m b,.s b', 'color:#e5e9ef!important'],
  ['.m,.a .m,.i small,.s small,.i>tbody>tr>th[scope=col]', 'color:#a9b4c2!important'],
  ['.s', 'background:#17301f!important;border-color:#2f5b3d!important'],
  ['.i .g th', 'background:#233044!important'],
  ['.i td,.i th', 'border-color:#3b4757!important'],
  ['.w', 'background:#3a2a10!important'],
  ['.p a', 'color:#86d6a4!important'],
  ['.p td.v', 'color:#1f2a37!important'],
] as const;

const dark = (before: string): string =>
  DARK.map(
    ([selectors, rule]) =>
      `${selectors
        .split(',')
        .map((selector) => before + selector)
        .join(',')}{${rule}}`,
  ).join('\n');

export const STYLE = `
:root{color-scheme:light dark}
body{margin:0;background:#f2f4f6}
.o{background:#f2f4f6}
.p{background:#fff;border:1px solid #dfe3e8}
.p,.p td,.p th,.p p{font-family:Tahoma,Arial,"Segoe UI",sans-serif;font-size:14px;line-height:1.6;color:#1f2a37}
.b{background:#14532d;padding:16px 28px}.b td{color:#fff!important;font-size:17px;font-weight:bold;padding:0}
.v{background:#fde68a;padding:10px 28px;font-weight:bold}
.h{padding:22px 28px}.h p{margin:0 0 14px}.ar,.ar td,.ar th,.ar p{line-height:1.8}.r{padding:0 28px}
.m{color:#5b6675}.m b{color:#1f2a37}
.s{background:#f3f7f4;border:1px solid #cfe0d5;padding:12px 16px}.s b{font-size:19px}.s small{color:#5b6675;font-size:13px}
.i{border-collapse:collapse;width:100%;margin:18px 0}
.i caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.i td,.i th{font-size:14px;line-height:1.45;padding:7px 5px;border-bottom:1px solid #e5e8ec;vertical-align:top;font-weight:normal}
.i th[scope=col]{color:#5b6675;font-size:13px;font-weight:bold;border-bottom:2px solid #9aa5b1;vertical-align:bottom}
.i th[scope=row],.i small span{white-space:nowrap}.i .d,.i .d span{white-space:normal!important;overflow-wrap:anywhere}.i td+td+td{font-weight:bold}.i small{color:#5b6675;font-size:12px;font-weight:normal}
.i .g th{background:#f6f7f9;font-weight:bold}.i .t td{border-top:2px solid #9aa5b1;border-bottom:0;font-weight:bold;font-size:16px}
.a td{padding:1px 0;vertical-align:top}.a .m{padding-inline-end:14px}
.w{border-inline-start:4px solid #b45309;background:#fdf6ec;padding:10px 14px}
@media(max-width:480px){.b,.v{padding:14px 12px}.h{padding:18px 12px}.r{padding:0 12px}.i td,.i th{font-size:13px;padding:6px 3px}.i small{font-size:11px;white-space:normal}.a .m{padding-inline-end:8px}}
@media(prefers-color-scheme:dark){
${dark('')}
}
${dark('[data-ogsc] ')}
`.trim();
