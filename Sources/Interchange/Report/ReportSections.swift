import Diagnostics
import Evaluation
import Permissions
import Storage

// The parts of a report from the general to the particular.

extension ReportPage {
  /// How many have each permission, area by area.
  func appendAdoption(to bytes: inout [UInt8]) {
    let catalog = report.table.catalog
    let all = report.subaccounts.count
    open("adoption", "Adoption", "How many of the subaccounts have each permission.", to: &bytes)
    append("<div class=\"areas\">\n", to: &bytes)
    for area in catalog.areas {
      let numbers = catalog.numbers { $0.area == area.name }
      if numbers.isEmpty { continue }
      append("<div class=\"area-block\">", to: &bytes)
      append(element: "h3", area.label, to: &bytes)
      append("\n<table>\n<tbody>\n", to: &bytes)
      for number in numbers {
        let have = report.holders[number.value]
        append("<tr><th scope=\"row\" title=\"", to: &bytes)
        append(text: catalog[number].canonicalName, to: &bytes)
        append("\">", to: &bytes)
        append(text: catalog[number].label, to: &bytes)
        append("</th>", to: &bytes)
        append(bar: have, of: all, to: &bytes)
        append("<td class=\"number\">", to: &bytes)
        append(text: Quantity.percentage(have, of: all), to: &bytes)
        append("</td>", to: &bytes)
        append(number: have, to: &bytes)
        append("</tr>\n", to: &bytes)
      }
      append("</tbody>\n</table></div>\n", to: &bytes)
    }
    append("</div>\n", to: &bytes)
    close(to: &bytes)
  }

  /// The distinct permission sets.
  func appendProfiles(to bytes: inout [UInt8]) {
    open(
      "profiles", "Profiles",
      "The distinct permission sets, those that most subaccounts have first. "
        + "'Covered' is the share of all subaccounts that have this set or one above it.",
      to: &bytes)
    guard !report.profiles.shown.isEmpty else {
      return appendNothing("No subaccounts.", to: &bytes)
    }
    appendTable(["#", "#Subaccounts", "#Covered", "Permissions", "Such as"], to: &bytes)
    var covered = 0
    for (index, profile) in report.profiles.shown.enumerated() {
      covered += profile.count
      append("<tr>", to: &bytes)
      append(number: index + 1, to: &bytes)
      append(number: profile.count, to: &bytes)
      append("<td class=\"number\">", to: &bytes)
      append(text: Quantity.percentage(covered, of: report.subaccounts.count), to: &bytes)
      append("</td><td>", to: &bytes)
      append(profile.permissions, to: &bytes)
      append("</td>", to: &bytes)
      append(element: "td class=\"such\"", report.table.name(of: profile.first), to: &bytes)
      append("</tr>\n", to: &bytes)
    }
    closeTable(to: &bytes)
    appendCut(cut(report.profiles, "largest"), to: &bytes)
    close(to: &bytes)
  }

  /// A permission set in as few words as it takes: by area, what is on, or all but what is off.
  private func append(_ set: PermissionSet, to bytes: inout [UInt8]) {
    let catalog = report.table.catalog
    var isFirst = true
    for area in catalog.areas {
      let numbers = catalog.numbers { $0.area == area.name }
      let on = numbers.filter { set.contains($0) }
      if on.isEmpty { continue }
      append(isFirst ? "" : " ", to: &bytes)
      isFirst = false
      append("<span class=\"part\">", to: &bytes)
      append(element: "b", area.label, to: &bytes)
      let off = numbers.filter { !set.contains($0) }
      let named = on.count > off.count ? off : on
      let labels = named.map { catalog[$0].label.string }.joined(separator: ", ")
      let words = off.isEmpty ? "all" : on.count > off.count ? "all but \(labels)" : labels
      append(" ", to: &bytes)
      append(text: Text(words), to: &bytes)
      append("</span>", to: &bytes)
    }
    if isFirst { append(text: "none", to: &bytes) }
  }

  /// Cells at odds with nearly everybody.
  func appendOutliers(to bytes: inout [UInt8]) {
    let all = report.subaccounts.count
    open(
      "outliers", "Outliers",
      "Cells that differ from nearly all others, the most surprising first: "
        + "\(AgencyReport.outlierRule).", to: &bytes)
    guard !report.outliers.shown.isEmpty else {
      return appendNothing("No outliers.", to: &bytes)
    }
    appendTable(["Subaccount", "Permission", "State", "#As it"], to: &bytes)
    for outlier in report.outliers.shown {
      append("<tr>", to: &bytes)
      append(element: "th scope=\"row\"", report.table.name(of: outlier.row), to: &bytes)
      append("<td>", to: &bytes)
      append(text: report.table.catalog[outlier.permission].label, to: &bytes)
      append(" <small>", to: &bytes)
      append(text: report.table.catalog[outlier.permission].canonicalName, to: &bytes)
      append("</small></td><td>", to: &bytes)
      append(state: outlier.has, outlier.has ? "has it" : "lacks it", to: &bytes)
      append("</td><td class=\"number\">", to: &bytes)
      let agreeing = Int((outlier.share * Double(all)).rounded())
      append(
        text: "\(Quantity.grouped(agreeing)) of \(Quantity.grouped(all)), "
          + Quantity.percentage(outlier.share), to: &bytes)
      append("</td></tr>\n", to: &bytes)
    }
    closeTable(to: &bytes)
    appendCut(cut(report.outliers, "first"), to: &bytes)
    close(to: &bytes)
  }

  /// What must never be, and whether it is.
  func appendPolicies(to bytes: inout [UInt8]) {
    open("policies", "Policies", "What no subaccount may be; every commit checks it.", to: &bytes)
    guard !report.policies.isEmpty else { return appendNothing("No policies.", to: &bytes) }
    appendTable(["Policy", "No subaccounts", "Because", "State"], to: &bytes)
    for policy in report.policies {
      append("<tr>", to: &bytes)
      append(element: "th scope=\"row\"", policy.definition.name, to: &bytes)
      append("<td>", to: &bytes)
      append(element: "code", policy.definition.text, to: &bytes)
      append("</td>", to: &bytes)
      append(element: "td", policy.definition.reason ?? "", to: &bytes)
      append("<td>", to: &bytes)
      append(policy.violators, to: &bytes)
      append("</td></tr>\n", to: &bytes)
    }
    closeTable(to: &bytes)
    close(to: &bytes)
  }

  private func append(_ violators: AgencyReport.Excerpt<Row>?, to bytes: inout [UInt8]) {
    guard let violators else {
      return append(text: "can't be judged: it names what is no longer there", to: &bytes)
    }
    if violators.count == 0 { return append(state: true, "holds", to: &bytes) }
    append(state: false, "broken", to: &bytes)
    let names = violators.shown.map { report.table.name(of: $0).string }.joined(separator: ", ")
    let others = violators.count - violators.shown.count
    append(" ", to: &bytes)
    append(
      text: Text("by \(names)" + (others > 0 ? " and \(Quantity.grouped(others)) more" : "")),
      to: &bytes)
  }

  /// The newest changes.
  func appendChanges(to bytes: inout [UInt8]) {
    open(
      "changes", "Recent changes",
      "'Gained' and 'lost' count cells: permissions of subaccounts.", to: &bytes)
    guard !report.changes.shown.isEmpty else { return appendNothing("No changes.", to: &bytes) }
    appendTable(
      ["#", "Time", "Actor", "Statement", "#Subaccounts", "#Gained", "#Lost"], to: &bytes)
    for change in report.changes.shown {
      append("<tr>", to: &bytes)
      append(number: change.heading.number, to: &bytes)
      append("<td class=\"when\">", to: &bytes)
      append(time: change.heading.context.time, to: &bytes)
      append("</td>", to: &bytes)
      append(element: "td class=\"who\"", change.heading.context.actor, to: &bytes)
      append("<td>", to: &bytes)
      append(element: "code", ReportPage.excerpt(of: change.heading.statement), to: &bytes)
      if let reason = change.heading.unspokenReason {
        append("<br>because ", to: &bytes)
        append(text: ReportPage.excerpt(of: reason), to: &bytes)
      }
      append("</td>", to: &bytes)
      append(number: Int(change.extent.subaccounts), to: &bytes)
      append(number: Int(change.extent.gained), to: &bytes)
      append(number: Int(change.extent.lost), to: &bytes)
      append("</tr>\n", to: &bytes)
    }
    closeTable(to: &bytes)
    appendCut(cut(report.changes, "newest"), to: &bytes)
    close(to: &bytes)
  }

  /// As much of a statement as tells which it is, in one line.
  private static func excerpt(of text: Text) -> Text {
    let most = 400
    let line = text.string.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > most ? Text("\(line.prefix(most)) …") : Text(line)
  }

  private func append(state isGood: Bool, _ words: String, to bytes: inout [UInt8]) {
    append("<span class=\"mark \(isGood ? "good" : "bad")\">", to: &bytes)
    append(text: words, to: &bytes)
    append("</span>", to: &bytes)
  }

  func appendNothing(_ words: String, to bytes: inout [UInt8]) {
    append(element: "p", words, to: &bytes)
    append("\n", to: &bytes)
    close(to: &bytes)
  }

  func appendCut(_ words: String?, to bytes: inout [UInt8]) {
    guard let words else { return }
    append(element: "p class=\"remark\"", words, to: &bytes)
    append("\n", to: &bytes)
  }
}
