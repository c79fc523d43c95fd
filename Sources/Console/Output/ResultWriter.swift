import Diagnostics
package import Evaluation

/// Writes what a statement came to, in the format that was asked for.
package struct ResultWriter: Sendable {
  /// Where an outcome belongs.
  package enum Destination: Sendable {
    case results(ResultShape)
    /// Standard error.
    case messages
  }

  package var format: OutputFormat
  package var screen: Screen

  package init(format: OutputFormat, screen: Screen) {
    self.format = format
    self.screen = screen
  }

  /// What a program reads holds results alone; what a person reads holds all that was said.
  package func destination(of outcome: Outcome) -> Destination {
    switch outcome {
    case .table(let table):
      .results(format.standsApart && !saysInASentence(table) ? .block : .line)
    case .change:
      format == .list
        ? .messages : .results(format.standsApart && format.isForMachines ? .block : .line)
    case .message: format.isForMachines ? .messages : .results(.line)
    case .prose: format.isForMachines ? .messages : .results(.block)
    }
  }

  package func write(_ outcome: Outcome, to output: inout OutputBuffer) throws(OutputFailure) {
    let start = output.bytes.count
    switch outcome {
    case .table(let table): return try write(table, to: &output)
    case .change(let summary): write(summary, to: &output.bytes)
    case .message(let values): HumanText.append(message: values, format: format, to: &output.bytes)
    case .prose(let text): HumanText.append(prose: text, format: format, to: &output.bytes)
    }
    fold(from: start, in: &output.bytes)
  }

  /// Sentences are broken between words where a terminal would break them anywhere.
  private func fold(from start: Int, in bytes: inout [UInt8]) {
    if format == .table || format == .vertical {
      Folding.fold(from: start, in: &bytes, to: screen.width)
    }
  }

  private func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    if saysInASentence(table), let sentence = table.footer {
      let start = output.bytes.count
      HumanText.append(line: sentence, format: format, to: &output.bytes)
      return fold(from: start, in: &output.bytes)
    }
    if let heading = table.heading, !format.isForMachines, format != .list {
      let start = output.bytes.count
      HumanText.append(prose: heading, format: format, to: &output.bytes)
      fold(from: start, in: &output.bytes)
      if format == .table, table.presentation != .answer { output.bytes.append(ascii: "\n") }
    }
    switch format {
    case .csv: try SeparatedFormat(.commas, isShown: screen.isTerminal).write(table, to: &output)
    case .tsv: try SeparatedFormat(.tabs, isShown: screen.isTerminal).write(table, to: &output)
    case .json: try ObjectFormat.json.write(table, to: &output)
    case .jsonl: try ObjectFormat.lines.write(table, to: &output)
    case .list: try ListFormat.write(table, to: &output)
    case .markdown: try MarkdownFormat.write(table, to: &output)
    case .html: try HTMLFormat.write(table, to: &output)
    case .vertical: try VerticalFormat(screen: screen).write(table, to: &output)
    case .table:
      switch table.presentation {
      case .answer: break
      case .card, .sentence: CardFormat(screen: screen).write(table, to: &output.bytes)
      case .matrix: try MatrixFormat(screen: screen).write(table, to: &output)
      case .list: try TableFormat(screen: screen).write(table, to: &output)
      case .bars(let labels, let length):
        try BarsFormat(screen: screen, labels: labels, length: length).write(table, to: &output)
      case .timeline(let span, let count):
        try TimelineFormat(screen: screen, span: span, count: count).write(table, to: &output)
      }
    }
  }

  /// Whether a person is best told in a sentence.
  private func saysInASentence(_ table: ResultTable) -> Bool {
    table.presentation == .sentence && !format.isForMachines && format != .list
  }

  private func write(_ summary: ChangeSummary, to bytes: inout [UInt8]) {
    switch format {
    case .csv: SeparatedFormat(.commas, isShown: false).write(summary, to: &bytes)
    case .tsv: SeparatedFormat(.tabs, isShown: false).write(summary, to: &bytes)
    case .json, .jsonl: ObjectFormat.json.write(summary, to: &bytes)
    case .table, .vertical, .markdown, .html, .list:
      HumanText.append(sentence: summary, format: format, to: &bytes)
    }
  }
}

extension OutputFormat {
  /// What a write did is told in a sentence, which does not number the change.
  var saysSentences: Bool {
    switch self {
    case .table, .vertical, .markdown, .html, .list: true
    case .csv, .tsv, .json, .jsonl: false
    }
  }

  /// Results are parted by an empty line.
  fileprivate var standsApart: Bool {
    switch self {
    case .table, .vertical, .markdown, .html, .csv, .tsv: true
    case .json, .jsonl, .list: false
    }
  }
}
