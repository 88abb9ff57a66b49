/// The style sheet of a report.
///
/// Colours are variables, so that dark pages and paper need only a few lines. Readers who see no red or green can
/// distinguish blue and orange; training and validation also differ by dashes.
enum HTMLStyle {
    static let text = [colors, page, tables, confusion, pictures, narrow].joined(separator: "\n")

    private static let colors = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --panel: #f5f7f9; --ink: #1a1f26; --muted: #59636f; --rule: #d9dfe5;
          --train: #1f6fb2; --val: #b84a0c; --right: 33 102 172; --wrong: 197 74 12; --strong: #ffffff;
          --right-ink: #1d5c9c; --wrong-ink: #a8430b;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171c; --panel: #1d2128; --ink: #e7eaee; --muted: #9aa5b1; --rule: #323944;
            --train: #6cb2f0; --val: #f0a060; --right: 38 112 186; --wrong: 222 104 44;
            --right-ink: #7fbdf5; --wrong-ink: #f3a76b;
          }
        }
        """

    private static let page = """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 70rem; margin: 0 auto; padding: 2.5rem 1.5rem 1rem; }
        footer { max-width: 70rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; color: var(--muted); font-size: .85rem; }
        h1 { font-size: 2.2rem; line-height: 1.15; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.3rem; margin: 0 0 1rem; }
        h3 { font-size: 1rem; margin: 0 0 .5rem; }
        section { border-top: 1px solid var(--rule); margin-top: 2.25rem; padding-top: 1.5rem; }
        p { max-width: 42rem; margin: .5rem 0; }
        .muted { color: var(--muted); font-size: .875rem; }
        .eyebrow { color: var(--muted); font-size: .8rem; letter-spacing: .08em; margin: 0 0 .25rem;
          text-transform: uppercase; }
        .spec { max-width: none; }
        .tags { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: .5rem 0; padding: 0; }
        .tags li { background: var(--panel); border-radius: 1rem; color: var(--muted); font-size: .8rem;
          padding: .1rem .7rem; }
        .note { border-left: 3px solid var(--rule); padding-left: .8rem; white-space: pre-line; }
        code, pre { font: .9rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        code { overflow-wrap: anywhere; }
        code span { display: inline-block; max-width: 100%; }
        pre { background: var(--panel); border-radius: 6px; margin: 0 0 .75rem; padding: .8rem 1rem;
          white-space: pre-wrap; }
        dl { margin: 0; }
        dd { margin: 0; }
        .tiles { display: grid; gap: 1px; grid-template-columns: repeat(6, 1fr); background: var(--rule);
          border: 1px solid var(--rule); border-radius: 8px; margin: 1.25rem 0 .75rem; overflow: hidden; }
        .tiles > div { background: var(--paper); display: flex; flex-direction: column-reverse; padding: .7rem .9rem; }
        .tiles dt { color: var(--muted); font-size: .8rem; }
        .tiles dd { font-size: 1.35rem; font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; }
        .facts > div { display: flex; gap: 1rem; padding: .15rem 0; }
        .facts dt { color: var(--muted); flex: 0 0 8rem; }
        """

    private static let tables = """
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        caption { caption-side: bottom; color: var(--muted); font-size: .8rem; padding-top: .5rem; text-align: left; }
        .figures { font-size: .9rem; width: 100%; max-width: 42rem; }
        .figures th, .figures td { border-bottom: 1px solid var(--rule); font-weight: 400; padding: .3rem .5rem;
          text-align: right; white-space: nowrap; }
        .figures th:first-child { text-align: left; padding-left: 0; }
        .figures thead th { color: var(--muted); font-size: .8rem; }
        .last-is-sum tbody tr:last-child > * { border-bottom: 0; font-weight: 600; }
        details { margin-top: .5rem; }
        summary { color: var(--muted); cursor: pointer; font-size: .875rem; padding: .25rem 0; }
        details .figures { max-width: none; }
        """

    private static let confusion = """
        .split { display: grid; gap: 1.5rem 3rem; grid-template-columns: auto minmax(15rem, 1fr); }
        .split > * { min-width: 0; }
        .confusion { font-size: .85rem; }
        .confusion td, .confusion th { height: 2.6rem; min-width: 3rem; padding: 0 .25rem; text-align: center; }
        .confusion th { color: var(--muted); font-weight: 600; min-width: 1.8rem; }
        .confusion tbody th { text-align: right; padding-right: .6rem; white-space: nowrap; }
        .confusion.named thead th span { display: inline-block; padding: .4rem 0; white-space: nowrap;
          writing-mode: vertical-rl; }
        .confusion tbody td { background: rgb(var(--wrong) / var(--s)); border: 1px solid var(--paper); }
        .confusion td.right { background: rgb(var(--right) / var(--s)); font-weight: 600; }
        .confusion td.none { color: transparent; background: var(--panel); }
        .confusion td.right.none { color: inherit; }
        .confusion td.strong { color: var(--strong); }
        .confusion, .evolution, .mistakes { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .evolution { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
          list-style: none; margin: 1rem 0 0; padding: 0; }
        .evolution li { max-width: 11rem; }
        .evolution svg { background: var(--panel); border-radius: 4px; }
        .evolution .right { fill: rgb(var(--right)); }
        .evolution .wrong { fill: rgb(var(--wrong)); }
        .evolution p { font-size: .8rem; line-height: 1.4; margin: .4rem 0 0; }
        .pairs { margin: 0; padding-left: 1.4rem; }
        .pairs li { padding: .1rem 0; }
        """

    private static let pictures = """
        .charts { display: grid; gap: 1.5rem; grid-template-columns: 1fr 1fr; }
        figure { margin: 0; min-width: 0; }
        figcaption { margin-bottom: .4rem; }
        figcaption .muted { display: block; }
        svg { display: block; height: auto; width: 100%; }
        svg text { fill: var(--muted); font: 12.5px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
        .grid { stroke: var(--rule); stroke-width: 1; }
        .line { fill: none; stroke-linejoin: round; stroke-width: 2; }
        .line.train { stroke: var(--train); }
        .line.val { stroke: var(--val); stroke-dasharray: 6 3; }
        .dot { stroke: none; }
        .dot.train { fill: var(--train); }
        .dot.val { fill: var(--val); }
        svg text.name { font-size: 13.5px; font-weight: 600; }
        svg text.name.train { fill: var(--train); }
        svg text.name.val { fill: var(--val); }
        path.best { stroke: var(--muted); stroke-dasharray: 2 3; }
        circle.best { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
        .mistakes { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
          list-style: none; margin: 1rem 0 0; padding: 0; }
        .mistakes li { background: var(--panel); border-radius: 8px; display: flex; gap: .8rem; padding: .7rem; }
        .mistakes li > div { flex: 1; min-width: 0; }
        .mistakes img { border-radius: 4px; flex: none; height: 6rem; width: auto; image-rendering: pixelated; }
        .mistakes p { font-size: .875rem; line-height: 1.4; margin: 0 0 .2rem; }
        .mistakes p.muted { font-size: .75rem; margin: .1rem 0 0; }
        .mistakes svg { max-width: 11rem; }
        .mistakes svg text { font-size: 9px; }
        .mistakes .right { color: var(--right-ink); }
        .mistakes .wrong { color: var(--wrong-ink); }
        .mistakes svg text.right { fill: var(--right-ink); font-weight: 700; }
        .mistakes svg text.wrong { fill: var(--wrong-ink); font-weight: 700; }
        .bar { fill: var(--muted); }
        .bar.right { fill: var(--right-ink); }
        .bar.wrong { fill: var(--wrong-ink); }
        """

    private static let narrow = """
        @media (max-width: 56rem) {
          .charts, .split { grid-template-columns: 1fr; }
          .tiles { grid-template-columns: repeat(3, 1fr); }
        }
        @media (max-width: 34rem) {
          main { padding: 1.5rem 1rem .5rem; }
          h1 { font-size: 1.7rem; }
          .tiles { grid-template-columns: repeat(2, 1fr); }
          .confusion { font-size: .68rem; width: 100%; }
          .confusion td, .confusion th { height: 1.9rem; min-width: 1.75rem; padding: 0 .1rem; }
          .confusion th { min-width: 1rem; }
          .confusion tbody th { padding-right: .3rem; }
          .figures { font-size: .74rem; }
          .figures thead th { font-size: .7rem; }
          .figures th, .figures td { padding: .3rem .2rem; }
          .charts svg text.tick { font-size: 17px; }
          .charts svg text.name { font-size: 16px; }
        }
        @media print {
          :root { --paper: #ffffff; --panel: #f5f7f9; --ink: #000000; --muted: #444444; --rule: #bbbbbb;
            --train: #1f6fb2; --val: #b84a0c; --right: 33 102 172; --wrong: 197 74 12;
            --right-ink: #1d5c9c; --wrong-ink: #a8430b; }
          body { font-size: 9.5pt; }
          main { max-width: none; padding: 0; }
          footer { display: none; }
          section { margin-top: 1.25rem; padding-top: 1rem; }
          .tiles { grid-template-columns: repeat(6, 1fr); }
          .tiles > div { padding: .5rem .6rem; }
          .evolution { grid-template-columns: repeat(6, 1fr); }
          .tiles dd { font-size: 1.1rem; }
          .tiles dt { font-size: .7rem; white-space: nowrap; }
          .charts { gap: 1rem; grid-template-columns: 1fr 1fr; }
          .split { grid-template-columns: auto 1fr; }
          .confusion td, .confusion th { height: 1.4rem; min-width: 2.1rem; }
          .figures { font-size: .8rem; }
          .figures th, .figures td { padding: .15rem .4rem; }
          .mistakes { gap: .4rem; grid-template-columns: repeat(3, 1fr); }
          .mistakes li { padding: .4rem; }
          .mistakes img { height: 4rem; }
          .mistakes p { font-size: .72rem; }
          figure, table, tr, p, .mistakes li, .evolution li, .tiles { break-inside: avoid; }
          h2, h3, h2 + p { break-after: avoid; }
          details { display: none; }
        }
        """
}
