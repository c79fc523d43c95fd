import Diagnostics
import Permissions
import Storage

// The reports: lists whose rows are not subaccounts.

extension EvaluationContext {
  /// Answers `show permissions`: the catalogue, and how many of the selection have and lack each.
  func permissionReport(
    _ permissions: PermissionSet?, of selection: ResolvedSelection, _ show: ResolvedShow
  ) throws(Diagnostic) -> ResultTable {
    let rows = try rows(of: selection)
    let count = rows.count
    var report = Report(
      ReportFields.permissions, [.text, .text, .text, .text, .list, .integer, .integer])
    for number in permissions ?? table.catalog.all {
      let permission = table.catalog[number]
      let have = rows.intersection(table.holders(of: number)).count
      report.rows.append([
        .text(permission.canonicalName), .text(permission.area), .text(permission.label),
        permission.apiField.map { .text($0) } ?? .null, .list(permission.flags), .integer(have),
        .integer(count - have),
      ])
    }
    let all = Quantity.of(report.rows.count, "permission")
    return report.arranged(
      by: show, footer: "\(all), \(footer(shown: count, matched: count))", table: table)
  }

  /// Answers `show attributes`.
  func attributeReport(_ show: ResolvedShow) -> ResultTable {
    var report = Report(ReportFields.attributes, [.text, .text, .integer, .integer])
    for (index, definition) in table.attributes.enumerated() {
      let number = AttributeNumber(index)
      let rows = table.rows(whereAttribute: number, .isSet)
      let groups = rows.isEmpty ? 0 : table.groups(by: number, in: rows).count
      report.rows.append([
        .text(definition.name), .text(definition.type.word), .integer(rows.count),
        .integer(groups),
      ])
    }
    return report.arranged(
      by: show, footer: Quantity.of(report.rows.count, "attribute"), table: table)
  }

  /// Answers `show definitions`: the saved sets.
  func definitionReport(_ show: ResolvedShow) -> ResultTable {
    var report = Report(ReportFields.definitions, [.text, .text, .text])
    for definition in table.definitions {
      switch definition.kind {
      case .permissions:
        report.rows.append([.text(definition.name), .text("permissions"), .text(definition.text)])
      case .subaccounts:
        report.rows.append([.text(definition.name), .text("subaccounts"), .text(definition.text)])
      case .policy: continue
      }
    }
    return report.arranged(
      by: show, footer: Quantity.of(report.rows.count, "definition"), table: table)
  }

  /// Answers `show policies`.
  func policyReport(_ show: ResolvedShow) -> ResultTable {
    var report = Report(ReportFields.policies, [.text, .text, .text])
    for definition in table.definitions where definition.kind == .policy {
      report.rows.append([
        .text(definition.name), .text(definition.text),
        definition.reason.map { .text($0) } ?? .null,
      ])
    }
    let count = report.rows.count
    return report.arranged(
      by: show, footer: count == 1 ? "1 policy" : "\(count) policies", table: table)
  }
}

extension AttributeType {
  /// What people call it.
  var word: Text {
    switch self {
    case .text: "text"
    case .number: "number"
    case .quota: "number or unlimited"
    case .boolean: "true/false"
    case .time: "time"
    }
  }
}
