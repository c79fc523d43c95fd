import Diagnostics
import Evaluation
import Permissions
import Storage

/// A report as one page that needs nothing else: no script, no font, no image from anywhere.
///
/// What it tells was cut to a page's size before; every part says what was left out.
struct ReportPage {
  let report: AgencyReport

  init(_ report: AgencyReport) {
    self.report = report
  }

  func write(to output: inout FileOutput) throws(FileFailure) {
    appendHead(to: &output.bytes)
    appendOverview(to: &output.bytes)
    appendAdoption(to: &output.bytes)
    appendProfiles(to: &output.bytes)
    appendOutliers(to: &output.bytes)
    appendPolicies(to: &output.bytes)
    appendChanges(to: &output.bytes)
    try appendMatrix(to: &output)
    append("<footer><p>", to: &output.bytes)
    append(text: "Written by permql, ", to: &output.bytes)
    append(time: report.now, to: &output.bytes)
    append("</p></footer>\n</body>\n</html>\n", to: &output.bytes)
    try output.flush()
  }

  private var title: String {
    let name = report.store.map { FilePath($0).name } ?? "an agency in memory"
    return "Permissions of \(TerminalEscape.escape(name))"
  }

  /// What a browser may load for the page: its own style sheet and nothing else.
  private static let allowed = "default-src 'none'; style-src 'unsafe-inline'"

  private func appendHead(to bytes: inout [UInt8]) {
    append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="permql">
      <meta http-equiv="Content-Security-Policy" content="\(ReportPage.allowed)">
      <title>
      """, to: &bytes)
    append(text: title, to: &bytes)
    append("</title>\n<style>\n\(ReportStyle.sheet)</style>\n</head>\n<body>\n", to: &bytes)
    append("<header>\n<h1>", to: &bytes)
    append(text: title, to: &bytes)
    append("</h1>\n<p>", to: &bytes)
    if let moment = report.moment {
      append(text: "As of change \(Quantity.grouped(moment.change)), ", to: &bytes)
      append(time: moment.time, to: &bytes)
    } else {
      append(text: "Nothing has happened yet", to: &bytes)
    }
    append("</p>\n</header>\n", to: &bytes)
  }

  /// The figures, each a link to what is behind it.
  private func appendOverview(to bytes: inout [UInt8]) {
    let broken = report.policies.count { ($0.violators?.count ?? 0) > 0 }
    let one = report.policies.count == 1
    let policies =
      broken > 0
      ? (one ? "policy, broken" : "policies, \(Quantity.grouped(broken)) broken")
      : report.policies.isEmpty
        ? "policies" : one ? "policy, and it holds" : "policies, all hold"
    let figures = [
      (
        "matrix", report.subaccounts.count,
        report.subaccounts.count == 1 ? "subaccount" : "subaccounts"
      ),
      ("adoption", report.holders.count, "permissions"),
      ("profiles", report.profiles.count, report.profiles.count == 1 ? "profile" : "profiles"),
      ("outliers", report.outliers.count, report.outliers.count == 1 ? "outlier" : "outliers"),
      ("policies", report.policies.count, policies),
      ("changes", report.changes.count, report.changes.count == 1 ? "change" : "changes"),
    ]
    append("<nav aria-label=\"Contents\">\n<ul>\n", to: &bytes)
    for (place, count, words) in figures {
      append("<li><a href=\"#\(place)\"><b>", to: &bytes)
      append(text: Quantity.grouped(count), to: &bytes)
      append("</b> ", to: &bytes)
      append(text: words, to: &bytes)
      append("</a></li>\n", to: &bytes)
    }
    append("</ul>\n</nav>\n", to: &bytes)
  }
}

// MARK: - Pieces

extension ReportPage {
  /// Appends markup as it is.
  func append(_ markup: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: markup.utf8)
  }

  func append(text: String, to bytes: inout [UInt8]) {
    HTMLWriter.append(text, to: &bytes)
  }

  func append(text: Text, to bytes: inout [UInt8]) {
    HTMLWriter.append(text, to: &bytes)
  }

  func append(element: String, _ text: Text, to bytes: inout [UInt8]) {
    append("<\(element)>", to: &bytes)
    append(text: text, to: &bytes)
    append("</\(element.prefix { $0 != " " })>", to: &bytes)
  }

  func append(element: String, _ text: String, to bytes: inout [UInt8]) {
    append("<\(element)>", to: &bytes)
    append(text: text, to: &bytes)
    append("</\(element.prefix { $0 != " " })>", to: &bytes)
  }

  /// To the minute, as people read it; to the millisecond for programs.
  func append(time: Int64, to bytes: inout [UInt8]) {
    let shortest = Moment(clamping: time).shortest
    append("<time datetime=\"\(shortest)\">", to: &bytes)
    append("\(shortest.prefix(10)) \(shortest.dropFirst(11).prefix(5)) UTC</time>", to: &bytes)
  }

  /// A section's heading, and what is to be known of it.
  func open(
    _ place: String, _ heading: String, _ remark: String? = nil, to bytes: inout [UInt8]
  ) {
    append("<section id=\"\(place)\">\n", to: &bytes)
    append(element: "h2", heading, to: &bytes)
    append("\n", to: &bytes)
    guard let remark else { return }
    append(element: "p class=\"remark\"", remark, to: &bytes)
    append("\n", to: &bytes)
  }

  func close(to bytes: inout [UInt8]) {
    append("</section>\n", to: &bytes)
  }

  /// A table's head; numbers are named with a `#` before their word.
  func appendTable(_ columns: [String], to bytes: inout [UInt8]) {
    append("<table>\n<thead><tr>", to: &bytes)
    for column in columns {
      let isNumber = column.hasPrefix("#")
      append("<th scope=\"col\"\(isNumber ? " class=\"number\"" : "")>", to: &bytes)
      append(text: String(isNumber ? column.dropFirst() : column[...]), to: &bytes)
      append("</th>", to: &bytes)
    }
    append("</tr></thead>\n<tbody>\n", to: &bytes)
  }

  func closeTable(to bytes: inout [UInt8]) {
    append("</tbody>\n</table>\n", to: &bytes)
  }

  func append(number: Int, to bytes: inout [UInt8]) {
    append("<td class=\"number\">\(Quantity.grouped(number))</td>", to: &bytes)
  }

  /// A bar that is as long as a part of a whole.
  func append(bar part: Int, of whole: Int, to bytes: inout [UInt8]) {
    let tenths = whole == 0 ? 0 : part * 1000 / whole
    append("<td class=\"bar\"><span><i", to: &bytes)
    append(part == 0 ? " class=\"none\"" : "", to: &bytes)
    append(" style=\"width:\(tenths / 10).\(tenths % 10)%\"></i></span></td>", to: &bytes)
  }

  /// `the first 30 of 412`, where not all are shown.
  func cut<Element>(_ excerpt: AgencyReport.Excerpt<Element>, _ which: String) -> String? {
    guard excerpt.shown.count < excerpt.count else { return nil }
    return "Shown: the \(which) \(Quantity.grouped(excerpt.shown.count)) of "
      + "\(Quantity.grouped(excerpt.count))."
  }
}
