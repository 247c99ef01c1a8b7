/** The public pages' whole style, inside each of them: nothing else has to be fetched. The tokens are app/_ui/theme.css's. */
export const style = `
:root{color-scheme:light dark;--paper:#faf9f6;--card:#fff;--ink:#1b1f23;--quiet:#545b63;--line:#e3e0d9;--accent:#0b5c6b;--deep:#084753;--focus:#ffbf47;--edge:#1b1f23;--ok:#0f6b45;--okt:#e3f2ea;--busy:#1d5fa8;--busyt:#e5eef9;--you:#7a3c1c;--yout:#fff3d6;--bad:#a8261f;--badt:#fbe9e7;--gone:#4a4f57;--gonet:#eceae6;--on-status:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1c2024;--ink:#eceae5;--quiet:#a9afb6;--line:#2d3238;--accent:#6fc3cf;--deep:#93d6df;--edge:#14171a;--ok:#6fd3a3;--okt:#12301f;--busy:#8abdf2;--busyt:#14283f;--you:#f2c58b;--yout:#3a2a10;--bad:#f3968f;--badt:#3f1a17;--gone:#b9bdc3;--gonet:#2a2e33;--on-status:#14171a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1.1875rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word;min-height:100dvh;display:flex;flex-direction:column}
h1,h2,.brand{font-family:ui-serif,"Iowan Old Style",Georgia,"Times New Roman",serif;font-weight:600;letter-spacing:-.01em;text-wrap:balance}
h1{font-size:clamp(1.75rem,1.45rem + 1.6vw,2.125rem);line-height:1.2;margin:0}
h2{font-size:clamp(1.3125rem,1.2rem + .6vw,1.5rem);line-height:1.25;margin:0}
h3,h4{font-size:1.1875rem;margin:0}
p,li,dd{max-width:68ch;text-wrap:pretty}
p,ul,ol,dl,dd,table,pre,blockquote{margin:0}
a{color:var(--accent);text-underline-offset:3px}
a:hover{color:var(--deep);text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--edge);outline-offset:1px;box-shadow:0 0 0 5px var(--focus);border-radius:4px}
main:focus-visible{outline:none;box-shadow:none}
time,.num{font-variant-numeric:tabular-nums}
.num{text-align:right}
.wrap{width:100%;max-width:60rem;margin-inline:auto;padding-inline:1rem}
main{flex-grow:1;padding-block:2rem 4rem}
.l>*+*{margin-top:2rem}.l>[hidden]+*{margin-top:0}.s>*+*{margin-top:1rem}.xs>*+*{margin-top:.5rem}
.row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center}
.quiet{color:var(--quiet);font-size:1rem;line-height:1.45}
.skip{position:absolute;left:1rem;top:-6rem;background:var(--accent);color:var(--on-status);padding:.75rem 1rem;border-radius:8px;font-weight:600;z-index:2}
.skip:focus{top:.5rem}
header,footer{background:var(--card);border-block:1px solid var(--line);border-top:0}
footer{background:none;border:0;border-top:1px solid var(--line);padding-block:1.5rem}
header .wrap{display:flex;flex-wrap:wrap;align-items:center;column-gap:1.5rem;padding-block:.375rem}
.brand{display:inline-flex;gap:.625rem;align-items:center;min-height:44px;font-size:1.3125rem;color:var(--ink);text-decoration:none}
.brand svg{width:28px;height:28px;color:var(--accent)}
nav{display:flex;flex-wrap:wrap;column-gap:1.5rem;margin-left:auto}
nav a,footer a,.tap{display:inline-flex;align-items:center;min-height:44px;min-width:44px}
nav a{color:var(--quiet);text-decoration:none;font-size:1rem}
nav a:hover{text-decoration:underline}
nav a[aria-current]{color:var(--ink);font-weight:600}
.demo{background:var(--yout);color:var(--you);text-align:center;max-width:none;padding:.5rem 1rem;font-size:1rem}
.old{background:var(--yout);color:var(--you);padding:.75rem 1rem;border:1px solid;border-radius:8px}
.tag{display:inline-flex;align-items:center;gap:.5rem;padding:.25rem .625rem;border-radius:1rem;font-size:1rem;font-weight:600;line-height:1.35}
.tag svg,.mark svg{width:1rem;height:1rem;flex:none}
.ok{color:var(--ok);background:var(--okt)}.busy{color:var(--busy);background:var(--busyt)}.wait,.gone{color:var(--gone);background:var(--gonet)}.you{color:var(--you);background:var(--yout)}.bad{color:var(--bad);background:var(--badt)}
.say{border-left:4px solid var(--accent);padding-left:1rem}
.must{background:var(--yout);border:2px solid var(--you);border-radius:10px;padding:1rem 1.25rem}
.must ul{padding-left:1.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem}
table{border-collapse:collapse;width:100%;font-size:1rem}
th,td{text-align:left;padding:.625rem .75rem .625rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th.num,td.num{text-align:right}
thead th{color:var(--quiet);font-weight:600}
tbody th{font-weight:400}
tr:last-child>*{border-bottom:0}
.plain{list-style:none;padding:0}.card.plain{padding:.75rem 1.25rem}
.lines>li{border-bottom:1px solid var(--line);padding-block:.5rem;max-width:none}
.lines>li:last-child{border-bottom:0}
.between{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;align-items:center}
.time{list-style:none;padding:0 0 0 1.75rem;border-left:2px solid var(--line);margin-left:.5rem}
.time>li{position:relative;padding-bottom:2rem;max-width:none}
.time>li>.dot{position:absolute;left:calc(-1.75rem - 9px);top:.25rem;background:var(--paper);padding-block:2px;display:flex}
.dot svg{width:16px;height:16px}
.dot.ok,.dot.busy,.dot.you,.dot.bad,.dot.wait,.dot.gone{background:var(--paper)}
.prose>*+*{margin-top:.75rem}.prose blockquote{border-left:3px solid var(--line);padding-left:1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.9375rem;background:var(--gonet);padding:.75rem;border-radius:8px}
.button{display:inline-flex;align-items:center;min-height:44px;padding:.5rem 1.25rem;border-radius:8px;background:var(--accent);color:var(--on-status);font-weight:600;text-decoration:none}
.button:hover{background:var(--deep);color:var(--on-status)}
summary{min-height:44px;padding-block:.5rem;cursor:pointer;color:var(--accent)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none}
@media (max-width:36rem){nav{margin-left:0;flex-basis:100%}.fold thead{display:none}.fold tr{display:block;border-bottom:1px solid var(--line);padding-block:.5rem}.fold th,.fold td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.25rem 0;text-align:left}.fold td.num{text-align:right}.fold tbody th{font-weight:600}.fold td::before{content:attr(data-label);color:var(--quiet)}}
@media print{header nav,.skip,.screen{display:none}body{font-size:11pt;--paper:#fff;--card:#fff;--ink:#000;--quiet:#333}}
`.trim()

/** Says what only a clock can: that the page was not renewed, that a promise has gone by. Nothing depends on it. */
export const script = `
(function(){var n=Date.now();document.querySelectorAll('[data-old]').forEach(function(e){if(n-Date.parse(e.getAttribute('data-old'))>300000)e.hidden=false});
document.querySelectorAll('[data-due]').forEach(function(e){if(n>Date.parse(e.getAttribute('data-due'))){e.hidden=true;var l=e.nextElementSibling;if(l)l.hidden=false}})})()
`.trim()
