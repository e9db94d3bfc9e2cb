namespace CityTwin.Simulation.Reports;

/// <summary>How reports look: light and dark, wide and narrow, on the screen and on paper.</summary>
internal static class ReportStyle
{
    public const string Text = """
        :root{--ink:#1d2733;--soft:#5d6b7a;--line:#dfe5eb;--paper:#fff;--v0:#5b6f86;--v1:#c2410c;--v2:#0f766e;--v3:#7c3aed;--good:#15803d;--bad:#b91c1c}
        @media (prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9fb0c0;--line:#33404d;--paper:#161c22;--v0:#9fb3c8;--v1:#fb923c;--v2:#2dd4bf;--v3:#c4b5fd;--good:#4ade80;--bad:#f87171}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1040px;margin:2rem auto;padding:0 1rem;-webkit-text-size-adjust:100%}
        h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2.2rem}p.lead,figcaption,small{color:var(--soft)}
        table{border-collapse:collapse;width:100%;font-size:.86rem;display:block;overflow-x:auto}th,td{padding:.3rem .7rem;border-bottom:1px solid var(--line);text-align:left}
        th{color:var(--soft);font-weight:600;vertical-align:bottom}td:first-child,th:first-child{min-width:9.5rem;padding-left:0;position:sticky;left:0;background:var(--paper)}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.good{color:var(--good)}td.bad{color:var(--bad)}
        svg{width:100%;height:auto;display:block}figure{margin:1rem 0}.phone{display:none}figcaption{font-size:.86rem;margin-top:.4rem}text{fill:var(--ink);font:11px system-ui,sans-serif}text.label{fill:var(--soft)}
        .grid{stroke:var(--line)}.zero{stroke:var(--soft)}.whisker{stroke-width:2.5;opacity:.6}line.good{stroke:var(--good)}line.bad{stroke:var(--bad)}line.even{stroke:var(--soft)}
        circle.good{fill:var(--good)}circle.bad{fill:var(--bad)}circle.even{fill:var(--soft)}circle.hollow{fill:var(--paper);stroke:var(--v0);stroke-width:1.5}circle.full{fill:var(--v1)}
        .curve{fill:none;stroke-width:2}.band{opacity:.18;stroke:none}
        .cause0{fill:var(--v0);background:var(--v0)}.cause1{fill:var(--line);background:var(--line)}.cause2{fill:var(--v1);background:var(--v1)}.cause3{fill:var(--v3);background:var(--v3)}
        .curve.v0{stroke:var(--v0)}.curve.v1{stroke:var(--v1)}.curve.v2{stroke:var(--v2)}.curve.v3{stroke:var(--v3)}
        .band.v0,.bar.v0,.key.v0{fill:var(--v0);background:var(--v0)}.band.v1,.bar.v1,.key.v1{fill:var(--v1);background:var(--v1)}
        .band.v2,.key.v2{fill:var(--v2);background:var(--v2)}.band.v3,.key.v3{fill:var(--v3);background:var(--v3)}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin:1.2rem 0}
        .card{border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem}.card h3{font-size:.82rem;font-weight:600;color:var(--soft);margin:0 0 .2rem}
        .card b{font-size:1.5rem;font-weight:650;font-variant-numeric:tabular-nums}.card p{margin:.1rem 0 0;font-size:.86rem}.card small{display:block}
        .card .was{color:var(--soft);font-size:1rem;font-weight:400}.good{color:var(--good)}.bad{color:var(--bad)}.even{color:var(--soft)}
        .verdict{font-size:1.05rem;margin:.6rem 0}.warm{fill:var(--line);opacity:.45}.mark{stroke:var(--soft);stroke-dasharray:3 4}
        .pill{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 .6em;font-size:.8rem;white-space:nowrap}
        .fair{color:var(--v1)}circle.fair{fill:var(--v1)}line.fair{stroke:var(--v1)}.heat{fill:var(--v2)}
        details{margin:1rem 0}summary{cursor:pointer;color:var(--soft)}footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.8rem;color:var(--soft);font-size:.82rem}
        @media screen and (max-width:640px){.screen{display:none}.phone{display:block}.phone text{font-size:12px}table{font-size:.8rem}th,td{padding:.3rem .35rem}th.n{white-space:normal}td.n small{display:block;font-size:.68rem}td small{display:inline-block}
        body{margin:1rem auto;font-size:16px}h1{font-size:1.35rem}.cards{grid-template-columns:1fr 1fr;gap:.5rem}.card{padding:.6rem .7rem}.card b{font-size:1.2rem}td:first-child,th:first-child{min-width:5.6rem}}
        @media print{body{max-width:none}figure{break-inside:avoid}}
        .key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .35em 0 1em}
        """;
}
