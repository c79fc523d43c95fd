import Diagnostics
import Permissions

/// The parts of effects, each written only where it has something.
private enum EffectsTag: UInt8 {
  case created = 1
  case deleted = 2
  case restored = 3
  case flips = 4
  case protection = 5
  case renames = 6
  case cells = 7
  case addedAttributes = 8
  case addedPermissions = 9
  case definitions = 10
}

extension Effects {
  func write(to output: inout some ByteOutput) {
    if !addedPermissions.isEmpty {
      output.append(EffectsTag.addedPermissions.rawValue)
      output.write(addedPermissions) { $0.write(to: &$1) }
    }
    if !addedAttributes.isEmpty {
      output.append(EffectsTag.addedAttributes.rawValue)
      output.write(addedAttributes) { $0.write(to: &$1) }
    }
    if created.count > 0 {
      output.append(EffectsTag.created.rawValue)
      created.write(to: &output)
    }
    write(deleted, .deleted, to: &output)
    write(restored, .restored, to: &output)
    if !flips.isEmpty {
      output.append(EffectsTag.flips.rawValue)
      output.write(flips) { flips, output in
        output.write(varint: flips.permission.value)
        flips.rows.write(to: &output)
      }
    }
    write(protection, .protection, to: &output)
    if !renames.isEmpty {
      output.append(EffectsTag.renames.rawValue)
      output.write(renames) { rename, output in
        output.write(varint: rename.row.index)
        output.write(rename.old)
        output.write(rename.new)
      }
    }
    if !cells.isEmpty {
      output.append(EffectsTag.cells.rawValue)
      output.write(cells) { cells, output in
        output.write(varint: cells.attribute.value)
        cells.rows.write(to: &output)
        cells.old.write(to: &output)
        cells.new.write(to: &output)
      }
    }
    if !definitions.isEmpty {
      output.append(EffectsTag.definitions.rawValue)
      output.write(definitions) { change, output in
        Definition.write(change.old, to: &output)
        Definition.write(change.new, to: &output)
      }
    }
  }

  private func write(_ rows: RowSet, _ tag: EffectsTag, to output: inout some ByteOutput) {
    guard !rows.isEmpty else { return }
    output.append(tag.rawValue)
    rows.write(to: &output)
  }

  /// Reads to the end of the input; `rowCount` is how many rows there were before, at most.
  init(from input: inout ByteReader, rowCount: Int) throws(Damage) {
    self.init()
    var limit = rowCount
    var last: UInt8 = 0
    while !input.isAtEnd {
      let byte = try input.byte("effects")
      guard let tag = EffectsTag(rawValue: byte), Effects.follows(byte, last) else {
        throw Damage("effects")
      }
      last = byte
      switch tag {
      case .created:
        created = try CreatedRows(from: &input, limit: limit)
        limit += created.count
      case .deleted: deleted = try RowSet(from: &input, limit: limit)
      case .restored: restored = try RowSet(from: &input, limit: limit)
      case .flips:
        for _ in 0..<(try input.count(ofAtLeast: 2, "flips")) {
          let permission = PermissionNumber(try input.number(atMost: 0xFFFF, "permission"))
          flips.append(
            PermissionFlips(permission: permission, rows: try RowSet(from: &input, limit: limit)))
        }
      case .protection: protection = try RowSet(from: &input, limit: limit)
      case .renames:
        for _ in 0..<(try input.count(ofAtLeast: 3, "renames")) {
          let row = Row(UInt32(try input.number(atMost: limit - 1, "rename")))
          renames.append(
            Rename(row: row, old: try input.text("rename"), new: try input.text("rename")))
        }
      case .cells:
        for _ in 0..<(try input.count(ofAtLeast: 6, "cells")) {
          cells.append(try AttributeCells(from: &input, limit: limit))
        }
      case .addedAttributes:
        for _ in 0..<(try input.count(ofAtLeast: 2, "attributes")) {
          addedAttributes.append(try AttributeDefinition(from: &input))
        }
      case .addedPermissions:
        for _ in 0..<(try input.count(ofAtLeast: 5, "permissions")) {
          addedPermissions.append(try Permission(from: &input))
        }
      case .definitions:
        for _ in 0..<(try input.count(ofAtLeast: 2, "definitions")) {
          definitions.append(
            DefinitionChange(
              old: try Definition.read(&input), new: try Definition.read(&input)))
        }
      }
    }
  }

  /// Reads effects that flip one cell; nil where they are others, or not valid.
  static func readCellFlip(_ input: ByteReader) -> CellFlip? {
    var input = input
    do throws(Damage) {
      guard try input.byte("effects") == EffectsTag.flips.rawValue,
        try input.byte("flips") == 1
      else { return nil }
      let permission = PermissionNumber(try input.number(atMost: 0xFFFF, "permission"))
      guard let row = try RowSet.readSingle(&input), input.isAtEnd else { return nil }
      return CellFlip(permission: permission, row: row)
    } catch {
      return nil
    }
  }

  /// Parts come in one order: what is added, then what is created, then what is changed.
  private static func follows(_ tag: UInt8, _ previous: UInt8) -> Bool {
    let order: [UInt8] = [0, 9, 8, 1, 2, 3, 4, 5, 6, 7, 10]
    guard let place = order.firstIndex(of: tag), let before = order.firstIndex(of: previous)
    else { return false }
    return place > before
  }
}

extension CreatedRows {
  func write(to output: inout some ByteOutput) {
    ids.write(to: &output)
    names.write(to: &output)
    var previous: Int64 = 0
    for time in times {
      output.write(zigzag: time &- previous)
      previous = time
    }
    output.write(varint: inheritedFrom.map { $0.index + 1 } ?? 0)
  }

  init(from input: inout ByteReader, limit: Int) throws(Damage) {
    self.init()
    ids = try TextColumn(from: &input, "ids")
    names = try TextColumn(from: &input, "names")
    guard names.count == ids.count, ids.count <= input.remaining,
      limit + ids.count < Int(UInt32.max)
    else { throw Damage("created rows") }
    times.reserveCapacity(ids.count)
    var time: Int64 = 0
    for _ in 0..<ids.count {
      time &+= try input.zigzag("created times")
      times.append(time)
    }
    let source = try input.number(atMost: limit, "inheritance")
    inheritedFrom = source == 0 ? nil : Row(UInt32(source - 1))
  }
}

extension AttributeCells {
  init(from input: inout ByteReader, limit: Int) throws(Damage) {
    let attribute = AttributeNumber(try input.number(atMost: 0xFFFF, "attribute"))
    let rows = try RowSet(from: &input, limit: limit)
    let old = try ValueColumn(from: &input, count: rows.count)
    let new = try ValueColumn(from: &input, count: rows.count)
    guard old.type == new.type else { throw Damage("cells") }
    self.init(attribute: attribute, rows: rows, old: old, new: new)
  }
}

extension AttributeDefinition {
  func write(to output: inout some ByteOutput) {
    output.write(name)
    output.append(type.rawValue)
  }

  init(from input: inout ByteReader) throws(Damage) {
    let name = try input.text("attribute")
    guard let type = AttributeType(rawValue: try input.byte("attribute")) else {
      throw Damage("attribute")
    }
    self.init(name: name, type: type)
  }
}

extension Permission {
  func write(to output: inout some ByteOutput) {
    output.write(area)
    output.write(field)
    output.write(label)
    output.write(optional: apiField)
    output.append((isUIOnly ? 1 : 0) | (isAlwaysEnabled ? 2 : 0))
  }

  init(from input: inout ByteReader) throws(Damage) {
    let area = try input.text("permission")
    let field = try input.text("permission")
    let label = try input.text("permission")
    let apiField = try input.optionalText("permission")
    let flags = try input.byte("permission")
    guard flags < 4 else { throw Damage("permission") }
    self.init(
      area: area, field: field, label: label, apiField: apiField, isUIOnly: flags & 1 != 0,
      isAlwaysEnabled: flags & 2 != 0)
  }
}

extension Definition {
  static func write(_ definition: Definition?, to output: inout some ByteOutput) {
    guard let definition else {
      output.append(0)
      return
    }
    output.append(definition.kind.rawValue + 1)
    output.write(definition.name)
    output.write(definition.text)
    output.write(optional: definition.reason)
  }

  static func read(_ input: inout ByteReader) throws(Damage) -> Definition? {
    let tag = try input.byte("definition")
    if tag == 0 { return nil }
    guard let kind = Kind(rawValue: tag - 1) else { throw Damage("definition") }
    return Definition(
      name: try input.text("definition"), kind: kind, text: try input.text("definition"),
      reason: try input.optionalText("definition"))
  }
}

extension ByteOutput {
  /// Writes how many there are and then each.
  mutating func write<Item>(_ items: [Item], _ body: (Item, inout Self) -> Void) {
    write(varint: items.count)
    for item in items { body(item, &self) }
  }
}
