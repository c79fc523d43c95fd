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

/// Who wants to know how far a file is written, or that it be given up.
struct WritingWatch {
  let isInterrupted: @Sendable () -> Bool
  var progress: ProgressReport = { _, _, _ in }
}

/// A file that is being written, a large piece at a time.
struct FileOutput {
  private static let piece = 1 << 20

  let file: SystemFile
  var bytes: [UInt8] = []
  private let rows: Int
  private var rowsDone = 0
  private let watch: WritingWatch

  init(_ file: SystemFile, rows: Int, _ watch: WritingWatch) {
    self.file = file
    self.rows = rows
    self.watch = watch
    bytes.reserveCapacity(Self.piece + Self.piece / 8)
  }

  /// Writes what was gathered, once it is enough; to be called after each row.
  mutating func flushIfFull() throws(FileFailure) {
    rowsDone += 1
    guard bytes.count >= Self.piece else { return }
    if watch.isInterrupted() { throw FileFailure.interrupted }
    try flush()
    watch.progress(.exporting, rowsDone, rows)
  }

  /// Writes what was gathered.
  mutating func flush() throws(FileFailure) {
    try file.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
