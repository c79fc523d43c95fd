import Diagnostics
import Permissions
import Storage

@testable import Evaluation

/// A file of subaccounts as rows of texts: for the importer as columns, for the model as it is.
struct ModelFile {
  /// `id`, `name`, `created` (milliseconds), attributes, canonical names of permissions.
  var header: [String]
  /// An empty cell says nothing.
  var rows: [[String]]

  /// As Interchange hands it over.
  var imported: ImportedSubaccounts {
    func texts(_ name: String) -> TextColumn? {
      guard let column = header.firstIndex(of: name) else { return nil }
      var texts = TextColumn()
      for row in rows { texts.append(Text(row[column])) }
      return texts
    }
    var attributes: [ImportedSubaccounts.AttributeColumn] = []
    var permissions: [ImportedSubaccounts.PermissionColumn] = []
    var created: ValueColumn?
    for (column, name) in header.enumerated() {
      if name == "created" {
        created = values(of: column, .time)
      } else if name.contains(".") {
        guard let number = Catalog.standard.number(of: name) else { continue }
        permissions.append(
          ImportedSubaccounts.PermissionColumn(
            permission: number, on: places(of: column, "true"), off: places(of: column, "false")))
      } else if name != "id" && name != "name" {
        let type = ModelFile.type(of: name)
        attributes.append(
          ImportedSubaccounts.AttributeColumn(
            definition: AttributeDefinition(name: Text(name), type: type),
            values: values(of: column, type)))
      }
    }
    return ImportedSubaccounts(
      rowCount: rows.count, ids: texts("id"), names: texts("name"), created: created,
      attributes: attributes, permissions: permissions,
      lines: rows.indices.map { UInt32($0 + 2) }, notes: [])
  }

  private static func type(of attribute: String) -> AttributeType {
    switch attribute {
    case "max_minutes", "max_agents": .quota
    case "concurrency": .number
    case "active": .boolean
    default: .text
    }
  }

  static func value(_ cell: String, of attribute: String) -> ModelValue? {
    if cell.isEmpty { return nil }
    switch type(of: attribute) {
    case .text: return .text(cell)
    case .number, .quota: return .number(cell == "unlimited" ? .infinity : Double(cell) ?? 0)
    case .boolean: return .boolean(cell == "true")
    case .time: return .time(Int64(cell) ?? 0)
    }
  }

  private func values(of column: Int, _ type: AttributeType) -> ValueColumn {
    var values = ValueColumn(type: type)
    for row in rows {
      if type == .time {
        values.append(Int64(row[column]).map { .time($0) })
      } else {
        values.append(ModelFile.value(row[column], of: header[column])?.stored)
      }
    }
    return values
  }

  private func places(of column: Int, _ cell: String) -> RowSet {
    RowSet(rows.indices.filter { rows[$0][column] == cell }.map { Row(UInt32($0)) })
  }
}

extension Catalog {
  func number(of canonicalName: String) -> PermissionNumber? {
    permissions.firstIndex { $0.canonicalName.string == canonicalName }
      .map { PermissionNumber($0) }
  }
}

extension ModelAgency {
  struct MergeCounts: Equatable {
    var created = 0
    var updated = 0
    var already = 0
    var protected = 0
  }

  /// Merges a well-formed file in the plainest way.
  mutating func merge(
    _ file: ModelFile, byName: Bool, includingProtected: Bool, now: Int64
  ) -> MergeCounts {
    var counts = MergeCounts()
    var new: [Subaccount] = []
    let key = byName ? "name" : "id"
    for row in file.rows {
      let cells = Dictionary(uniqueKeysWithValues: zip(file.header, row)).filter {
        !$0.value.isEmpty
      }
      let index = subaccounts.firstIndex {
        same(byName ? $0.name : $0.id, cells[key] ?? "")
      }
      if let index {
        var merged = subaccounts[index]
        if merged.isProtected && !includingProtected {
          counts.protected += 1
          continue
        }
        merged.take(cells, alwaysEnabled: alwaysEnabled)
        counts.updated += merged == subaccounts[index] ? 0 : 1
        counts.already += merged == subaccounts[index] ? 1 : 0
        subaccounts[index] = merged
      } else {
        var made = Subaccount(
          id: cells["id"] ?? "made", name: "",
          created: cells["created"].flatMap { Int64($0) } ?? now,
          permissions: alwaysEnabled)
        made.take(cells, alwaysEnabled: alwaysEnabled)
        new.append(made)
        counts.created += 1
      }
    }
    subaccounts += new.enumerated()
      .sorted { ($0.element.created, $0.offset) < ($1.element.created, $1.offset) }.map(\.element)
    return counts
  }
}

extension ModelAgency.Subaccount {
  fileprivate mutating func take(_ cells: [String: String], alwaysEnabled: Set<String>) {
    if let name = cells["name"], !same(name, self.name) { self.name = name }
    for (name, cell) in cells where !["id", "name", "created"].contains(name) {
      if !name.contains(".") {
        attributes[name] = ModelFile.value(cell, of: name)
      } else if cell == "true" {
        permissions.insert(name)
      } else if !alwaysEnabled.contains(name) {
        permissions.remove(name)
      }
    }
  }
}
