import Diagnostics
import Evaluation
import Permissions
import Storage

// Subaccounts by permissions, as the dashboard's check marks.

extension ReportPage {
  /// As many columns as a page has room for beside the names.
  private static let mostColumns = 40

  func appendMatrix(to output: inout FileOutput) throws(FileFailure) {
    open(
      "matrix", "Matrix",
      "Every subaccount, in order of creation, and what it has (✓) and lacks (–).",
      to: &output.bytes)
    let rows = report.subaccounts.shown
    guard !rows.isEmpty else { return appendNothing("No subaccounts.", to: &output.bytes) }
    for block in blocks {
      append(
        "<div class=\"scroll\" role=\"region\" aria-label=\"Matrix\" tabindex=\"0\">\n",
        to: &output.bytes)
      append("<table class=\"matrix\">\n", to: &output.bytes)
      appendHeading(of: block, to: &output.bytes)
      append("<tbody>\n", to: &output.bytes)
      for row in rows {
        append("<tr><th scope=\"row\" class=\"name\">", to: &output.bytes)
        append(text: report.table.name(of: row), to: &output.bytes)
        append("</th>", to: &output.bytes)
        for area in block {
          for number in area.permissions {
            let isOn = report.table.has(number, row)
            let first = number == area.permissions.first ? "first" : ""
            let classes = [isOn ? "on" : "", first].filter { !$0.isEmpty }.joined(separator: " ")
            append(
              (classes.isEmpty ? "<td>" : "<td class=\"\(classes)\">") + (isOn ? "✓" : "–")
                + "</td>", to: &output.bytes)
          }
        }
        append("</tr>\n", to: &output.bytes)
        try output.flushIfFull()
      }
      append("</tbody>\n</table>\n</div>\n", to: &output.bytes)
    }
    if let cut = cut(report.subaccounts, "first") {
      appendCut("\(cut) 'show matrix' and 'export' have them all.", to: &output.bytes)
    }
    close(to: &output.bytes)
  }

  /// Neighbouring permissions of one area.
  private struct AreaColumns {
    let area: Area
    let permissions: [PermissionNumber]
  }

  /// The permissions in tables that fit a page: an area goes to the next one if it does not fit, and
  /// is cut only where it would fill one alone.
  private var blocks: [[AreaColumns]] {
    let catalog = report.table.catalog
    var blocks: [[AreaColumns]] = [[]]
    var room = ReportPage.mostColumns
    for area in catalog.areas {
      let numbers = catalog.numbers { $0.area == area.name }
      for start in stride(from: 0, to: numbers.count, by: ReportPage.mostColumns) {
        let part = Array(numbers[start...].prefix(ReportPage.mostColumns))
        if part.count > room {
          blocks.append([])
          room = ReportPage.mostColumns
        }
        blocks[blocks.count - 1].append(AreaColumns(area: area, permissions: part))
        room -= part.count
      }
    }
    return blocks.filter { !$0.isEmpty }
  }

  private func appendHeading(of block: [AreaColumns], to bytes: inout [UInt8]) {
    append("<thead>\n<tr><td class=\"name\"></td>", to: &bytes)
    for area in block {
      append(
        "<th scope=\"colgroup\" class=\"area first\" colspan=\"\(area.permissions.count)\">",
        to: &bytes)
      append(text: area.area.label, to: &bytes)
      append("</th>", to: &bytes)
    }
    append("</tr>\n<tr><th scope=\"col\" class=\"name\">Subaccount</th>", to: &bytes)
    for area in block {
      for number in area.permissions {
        let first = number == area.permissions.first ? " class=\"first\"" : ""
        append("<th scope=\"col\"\(first)><span>", to: &bytes)
        append(text: report.table.catalog[number].label, to: &bytes)
        append("</span></th>", to: &bytes)
      }
    }
    append("</tr>\n</thead>\n", to: &bytes)
  }
}
