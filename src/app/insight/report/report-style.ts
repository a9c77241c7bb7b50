/** The look of the report: two sheets of A4 in print, one column on a telephone, the same in black and white. */
export const REPORT_STYLE = `
@page{size:A4;margin:11mm}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#22303a;font:12px/1.45 Plex,'IBM Plex Sans Arabic',system-ui,sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:760px;margin:0 auto;padding:20px 12px}
header{display:flex;justify-content:space-between;gap:24px;border-bottom:3px solid #1f4e6b;padding-bottom:8px}
h1{font-size:19px;line-height:1.3;margin:0}header p{margin:2px 0 0;color:#5b6770}
h2{display:flex;justify-content:space-between;gap:12px;font-size:12px;line-height:1.35;margin:0 0 4px;color:#1f4e6b}
.both{display:flex;justify-content:space-between;gap:12px;margin:4px 0}.note{color:#5b6770;font-size:11px}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:8px;margin:10px 0 14px}
.tile{border:1px solid #dfe5e8;border-top:3px solid #1f4e6b;border-radius:3px;padding:7px 8px;display:flex;flex-direction:column;font-size:10.5px;color:#5b6770}
.tile strong{font-size:14.5px;line-height:1.3;color:#22303a;overflow-wrap:anywhere}.tile em{font-style:normal;color:#b4532a;min-height:1.4em}
.pictures,.halves{display:grid;grid-template-columns:1fr 1fr;gap:14px 22px}
figure{margin:0;break-inside:avoid}figure svg{width:100%;height:auto;display:block}
.legend{display:flex;flex-wrap:wrap;gap:2px 14px;margin:2px 0 0;font-size:10.5px;color:#5b6770}.legend i{display:inline-block;width:9px;height:9px;margin-inline-end:5px}
section{margin-top:16px;break-inside:avoid}
table{width:100%;border-collapse:collapse;font-size:11px}th{font-weight:400;color:#5b6770;font-size:10px;line-height:1.3;vertical-align:bottom}
th,td{text-align:right;padding:3px 4px;border-bottom:1px solid #dfe5e8}th:first-child,td:first-child{text-align:left}td{font-variant-numeric:tabular-nums;white-space:nowrap}
ol{margin:4px 0 0;padding-inline-start:18px}li{margin:3px 0}
@media (max-width:620px){.tiles{grid-template-columns:1fr 1fr}.pictures,.halves{grid-template-columns:1fr}section{overflow-x:auto}h2,.both{flex-direction:column;gap:0}header{flex-direction:column;gap:6px}}
@media print{main{padding:0;max-width:none}}
`;
