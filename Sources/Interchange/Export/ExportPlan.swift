import Diagnostics
import Evaluation
import Permissions
import Storage

/// What an exported file holds, in order: the same for every format.
struct ExportPlan {
  struct Attribute {
    let number: AttributeNumber
    let name: Text
    let type: AttributeType
  }

  let table: Table
  let rows: [Row]
  /// Those that any subaccount of the agency has a value of, so that two exports of one agency have
  /// the same columns whoever is in them.
  let attributes: [Attribute]
  /// Only where somebody is protected.
  let hasProtection: Bool
  let permissions: [PermissionNumber]

  init(_ request: ExportRequest) {
    table = request.table
    rows = request.rows
    let table = request.table
    attributes = table.attributes.enumerated().compactMap { index, definition in
      let number = AttributeNumber(index)
      guard !table.rows(whereAttribute: number, .isSet).isEmpty else { return nil }
      return Attribute(number: number, name: definition.name, type: definition.type)
    }
    let protected = table.protected
    hasProtection = !protected.isEmpty && request.rows.contains { protected.contains($0) }
    permissions = (0..<table.catalog.count).map(PermissionNumber.init)
  }
}

/// A file that is being written, a large piece at a time.
struct FileOutput {
  private static let piece = 1 << 20

  let file: SystemFile
  var bytes: [UInt8] = []

  init(_ file: SystemFile) {
    self.file = file
    bytes.reserveCapacity(Self.piece + Self.piece / 8)
  }

  /// Writes what was gathered, once it is enough.
  mutating func flushIfFull() throws(FileFailure) {
    if bytes.count >= Self.piece { try flush() }
  }

  /// Writes what was gathered.
  mutating func flush() throws(FileFailure) {
    try file.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
