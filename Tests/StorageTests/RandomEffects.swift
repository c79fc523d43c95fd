import CrashHarness
import Diagnostics
import Permissions

@testable import Storage

extension Effects {
  /// Effects of every kind that fit a table, chosen at random.
  static func random(for table: Table, _ random: inout Seeded) -> Effects {
    var effects = Effects()
    if Bool.random(using: &random) {
      let first = table.rowCount
      effects.created = Effects.creating(Int.random(in: 1...9, using: &random), from: first).created
      if Bool.random(using: &random), first > 0 {
        effects.created.inheritedFrom = Row(UInt32.random(in: 0..<UInt32(first), using: &random))
      }
    }
    if Int.random(in: 0..<6, using: &random) == 0 {
      let number = table.attributes.count
      effects.addedAttributes = AttributeType.allCases.map {
        AttributeDefinition(name: Text("extra_\(number)_\($0)"), type: $0)
      }
    }
    if Int.random(in: 0..<8, using: &random) == 0 {
      effects.addedPermissions = [
        Permission(
          area: "integrations", field: Text("added_\(table.catalog.count)"), label: "Added",
          apiField: Bool.random(using: &random) ? "added" : nil, isUIOnly: true)
      ]
    }
    let rows = UInt32(table.rowCount + effects.created.count)
    effects.deleted = subset(of: table.live, 8, &random)
    effects.restored = subset(
      of: RowSet(0..<UInt32(table.rowCount)).subtracting(table.live), 2, &random)
    effects.protection = subset(of: RowSet(0..<rows), 5, &random)
    for value in 0..<table.catalog.count + effects.addedPermissions.count
    where Int.random(in: 0..<5, using: &random) == 0 {
      let flipped = subset(
        of: RowSet(0..<rows), [1, 2, 10].randomElement(using: &random) ?? 1, &random)
      if !flipped.isEmpty {
        effects.flips.append(PermissionFlips(permission: PermissionNumber(value), rows: flipped))
      }
    }
    for row in subset(of: RowSet(0..<UInt32(table.rowCount)), 6, &random) {
      effects.renames.append(
        Rename(row: row, old: table.name(of: row), new: text(&random)))
    }
    let definitions = table.attributes + effects.addedAttributes
    for (value, definition) in definitions.enumerated()
    where Int.random(in: 0..<3, using: &random) == 0 {
      let rows = subset(
        of: RowSet(0..<rows), [1, 3, 20].randomElement(using: &random) ?? 1, &random)
      guard !rows.isEmpty else { continue }
      var old = ValueColumn(type: definition.type)
      var new = ValueColumn(type: definition.type)
      for row in rows {
        let isOld = value < table.attributes.count && row.index < table.rowCount
        old.append(isOld ? table.value(of: AttributeNumber(value), in: row) : nil)
        new.append(self.value(definition.type, &random))
      }
      effects.cells.append(
        AttributeCells(attribute: AttributeNumber(value), rows: rows, old: old, new: new))
    }
    if Int.random(in: 0..<3, using: &random) == 0 {
      let old = table.definitions.randomElement(using: &random)
      let kind = Definition.Kind(rawValue: UInt8.random(in: 0...2, using: &random)) ?? .policy
      let name = old?.name ?? Text("set_\(UInt16.random(in: 0 ... .max, using: &random))")
      let new = Definition(name: name, kind: old?.kind ?? kind, text: text(&random), reason: "why")
      let isDropped = old != nil && Bool.random(using: &random)
      effects.definitions = [DefinitionChange(old: old, new: isDropped ? nil : new)]
    }
    return effects
  }

  private static func subset(of rows: RowSet, _ oneOf: Int, _ random: inout Seeded) -> RowSet {
    RowSet(rows.filter { _ in Int.random(in: 0..<oneOf, using: &random) == 0 })
  }

  private static func text(_ random: inout Seeded) -> Text {
    let words = [
      "é", "e\u{301}", "Acme", "Acme", "", "日本", "x\n\u{0}y", "👩‍👩‍👧", "long name indeed",
    ]
    return Text(
      (0..<2).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " "))
  }

  private static func value(_ type: AttributeType, _ random: inout Seeded) -> AttributeValue? {
    if Int.random(in: 0..<4, using: &random) == 0 { return nil }
    let numbers = [
      0, -0.0, 1, -3, 2.5, 1e300, .leastNonzeroMagnitude, 281_474_976_710_655, .infinity,
    ]
    return switch type {
    case .text: .text(text(&random))
    case .number, .quota: .number(numbers.randomElement(using: &random) ?? 0)
    case .boolean: .boolean(Bool.random(using: &random))
    case .time: .time([0, .min, .max, 1_700_000_000_000, -5].randomElement(using: &random) ?? 0)
    }
  }
}
