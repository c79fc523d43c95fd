/// How a report looks: calm, in the reader's own fonts, on a screen, in the dark and on paper.
enum ReportStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --paper: #fff; --ink: #1d2733; --soft: #586575; --line: #dce1e7; --tint: #f4f6f8;
      --good: #0b6e5d; --good-tint: #dff1ed; --bad: #a3361c; --bad-tint: #fbe9e4;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14191f; --ink: #e3e8ee; --soft: #9aa7b6; --line: #2d3743; --tint: #1b222a;
        --good: #5cc9b4; --good-tint: #173a35; --bad: #f19a83; --bad-tint: #3d211a;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 72rem;
      background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      font-variant-numeric: tabular-nums;
    }
    h1 { margin: 0; font-size: 1.9rem; font-weight: 600; line-height: 1.2; letter-spacing: -0.01em; }
    h2 { margin: 3rem 0 0.75rem; font-size: 1.25rem; font-weight: 600; }
    h3 { margin: 0 0 0.4rem; font-size: 0.95rem; font-weight: 600; }
    h1, td, th, code { overflow-wrap: anywhere; }
    p { margin: 0 0 0.75rem; max-width: 46rem; }
    header p, .remark, footer, small { color: var(--soft); }
    small { font-size: 0.85em; }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 0.75rem; }
    code { font: 0.9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
    a { color: inherit; }
    a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--good); outline-offset: 2px; }
    nav ul {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem;
      margin: 1.5rem 0 0; padding: 0; list-style: none;
    }
    nav a {
      display: block; height: 100%; padding: 0.7rem 0.9rem; border: 1px solid var(--line);
      border-radius: 6px; background: var(--tint); text-decoration: none; color: var(--soft);
    }
    nav a:hover { border-color: var(--soft); }
    nav b { display: block; font-size: 1.5rem; font-weight: 600; line-height: 1.2; color: var(--ink); }
    table { width: 100%; border-collapse: collapse; }
    th, td {
      padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line);
      text-align: left; vertical-align: top;
    }
    thead th { color: var(--soft); font-size: 0.85rem; font-weight: 600; }
    tbody th { font-weight: 400; }
    .number { text-align: right; white-space: nowrap; }
    .when { white-space: nowrap; }
    .who { min-width: 5.5rem; }
    .part { margin-right: 0.9em; }
    .part b { white-space: nowrap; }
    .areas { columns: 25rem 2; column-gap: 3rem; }
    .area-block { break-inside: avoid; padding-bottom: 1.75rem; }
    .areas th, .areas td { vertical-align: middle; }
    .areas th, .such { overflow-wrap: break-word; }
    .areas .number { width: 3.6rem; padding: 0.3rem 0 0.3rem 0.75rem; }
    .such { max-width: 14rem; }
    .bar { width: 42%; min-width: 4rem; }
    .bar span, .bar i {
      display: block; height: 0.6rem; border-radius: 2px; background: var(--line);
      -webkit-print-color-adjust: exact; print-color-adjust: exact;
    }
    .bar i { min-width: 1px; background: var(--good); }
    .bar .none { min-width: 0; }
    .mark { padding: 0.05rem 0.45rem; border-radius: 4px; white-space: nowrap; font-size: 0.9em; }
    .good { color: var(--good); background: var(--good-tint); }
    .bad { color: var(--bad); background: var(--bad-tint); }
    .scroll { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
    .scroll + .scroll { margin-top: 1.5rem; }
    .matrix { width: auto; min-width: 100%; border-collapse: separate; border-spacing: 0; font-size: 0.85rem; }
    .matrix th, .matrix td { padding: 0.15rem 0.1rem; }
    .matrix thead { position: sticky; top: 0; background: var(--paper); }
    .matrix thead th { vertical-align: bottom; }
    .matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
    .matrix .name { min-width: 11rem; max-width: 18rem; padding-left: 0.6rem; }
    .matrix td { min-width: 1.4rem; text-align: center; color: var(--soft); }
    .matrix .on { color: var(--good); background: var(--good-tint); font-weight: 700; }
    .matrix .first { border-left: 1px solid var(--line); }
    .matrix .area { text-align: center; overflow-wrap: normal; }
    .matrix tbody tr:hover > * { background: var(--tint); }
    @media screen and (max-width: 40rem) {
      body { padding: 1.25rem 1rem 3rem; }
      section { overflow-x: auto; }
    }
    @page { size: A4; margin: 16mm 14mm; }
    @media print {
      :root {
        color-scheme: light;
        --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --tint: #fff;
        --good: #0b5c4e; --good-tint: #fff; --bad: #8c2a13; --bad-tint: #fff;
      }
      body { max-width: none; padding: 0; font-size: 9.5pt; }
      h2 { margin-top: 1.5rem; }
      h2, h3, .remark { break-after: avoid; }
      tr, li, .area-block { break-inside: avoid; }
      thead { display: table-header-group; }
      nav a { border-color: #bbb; }
      .areas { columns: 2; column-gap: 2rem; }
      .area-block { padding-bottom: 1rem; }
      .bar { width: 34%; }
      .areas .number { width: 2.9rem; padding-left: 0.5rem; }
      nav ul { grid-template-columns: repeat(6, 1fr); gap: 0.4rem; }
      nav a { padding: 0.4rem 0.5rem; }
      .scroll { overflow: visible; max-height: none; border: 0; }
      .matrix { font-size: 6.5pt; }
      .matrix thead { position: static; }
      .matrix th, .matrix td { padding: 0.1rem; }
      .matrix td { min-width: 0; }
      .matrix thead th { font-size: 6pt; }
      .matrix .name { min-width: 0; }
      .mark { padding: 0; }
      #matrix { break-before: page; }
    }

    """
}
