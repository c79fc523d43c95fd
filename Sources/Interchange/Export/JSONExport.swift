import Diagnostics
import Evaluation
import Permissions
import Storage

/// Writes subaccounts as JSON: an array of objects, or an object on each line.
///
/// Every object has the same keys in the same order; what is not set is null. A text that an import
/// would take for a time or for no limit has its first character escaped, which changes nothing for
/// any other reader and tells an import that it is text.
struct JSONExport {
  private let plan: ExportPlan
  private let isLines: Bool
  private let attributeKeys: [[UInt8]]
  private let permissionKeys: [[UInt8]]

  init(_ plan: ExportPlan, isLines: Bool) {
    self.plan = plan
    self.isLines = isLines
    attributeKeys = plan.attributes.map { JSONExport.key($0.name) }
    permissionKeys = plan.permissions.map {
      JSONExport.key(plan.table.catalog[$0].canonicalName)
    }
  }

  /// Makes `"plan":` of a name.
  private static func key(_ name: Text) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONWriter.append(name, to: &bytes)
    bytes.append(0x3A)
    return bytes
  }

  func write(to output: inout FileOutput) throws(FileFailure) {
    if !isLines { output.bytes.append(contentsOf: "[".utf8) }
    for (index, row) in plan.rows.enumerated() {
      if !isLines { output.bytes.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8) }
      append(row, to: &output.bytes)
      if isLines { output.bytes.append(0x0A) }
      try output.flushIfFull()
    }
    if !isLines { output.bytes.append(contentsOf: "\n]\n".utf8) }
    try output.flush()
  }

  private func append(_ row: Row, to bytes: inout [UInt8]) {
    let table = plan.table
    bytes.append(contentsOf: "{\"id\":".utf8)
    table.withID(of: row) { JSONWriter.append($0, to: &bytes) }
    bytes.append(contentsOf: ",\"name\":".utf8)
    table.withName(of: row) { JSONWriter.append($0, to: &bytes) }
    bytes.append(contentsOf: ",\"created\":".utf8)
    append(time: table.created(of: row), to: &bytes)
    for (index, attribute) in plan.attributes.enumerated() {
      bytes.append(0x2C)
      bytes.append(contentsOf: attributeKeys[index])
      append(attribute, of: row, to: &bytes)
    }
    if plan.hasProtection {
      bytes.append(contentsOf: ",\"protected\":".utf8)
      JSONWriter.append(table.isProtected(row), to: &bytes)
    }
    bytes.append(contentsOf: ",\"permissions\":{".utf8)
    for (index, permission) in plan.permissions.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      bytes.append(contentsOf: permissionKeys[index])
      JSONWriter.append(table.has(permission, row), to: &bytes)
    }
    bytes.append(contentsOf: "}}".utf8)
  }

  private func append(
    _ attribute: ExportPlan.Attribute, of row: Row, to bytes: inout [UInt8]
  ) {
    if attribute.type == .text {
      let isSet = plan.table.withText(of: attribute.number, in: row) { text in
        append(text: text, to: &bytes)
        return true
      }
      if isSet == nil { JSONWriter.appendNull(to: &bytes) }
      return
    }
    switch plan.table.value(of: attribute.number, in: row) {
    case .number(let number) where number == .infinity:
      bytes.append(contentsOf: "\"unlimited\"".utf8)
    case .number(let number): JSONWriter.append(number, to: &bytes)
    case .boolean(let flag): JSONWriter.append(flag, to: &bytes)
    case .time(let time): append(time: time, to: &bytes)
    case .text, nil: JSONWriter.appendNull(to: &bytes)
    }
  }

  private func append(text: Span<UInt8>, to bytes: inout [UInt8]) {
    guard TypeGuess.time(text) != nil || text.isWord("unlimited") else {
      JSONWriter.append(text, to: &bytes)
      return
    }
    bytes.append(0x22)
    JSONWriter.appendEscape(unit: UInt16(text[0]), to: &bytes)
    bytes.append(bytes: text.extracting(1..<text.count))
    bytes.append(0x22)
  }

  private func append(time: Int64, to bytes: inout [UInt8]) {
    guard let moment = Moment(milliseconds: time) else {
      JSONWriter.appendNull(to: &bytes)
      return
    }
    bytes.append(0x22)
    moment.append(to: &bytes)
    bytes.append(0x22)
  }
}
