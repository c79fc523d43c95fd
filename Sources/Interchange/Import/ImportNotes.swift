import Diagnostics
import Evaluation
import Storage

/// What is worth telling about a file that could be read, each thing once.
struct ImportNotes {
  private var ignored: [Text] = []
  private var secrets: [Text] = []
  private var dropped: [Text] = []
  var createdFromID = 0

  mutating func ignore(_ name: Text) { ImportNotes.insert(name, into: &ignored) }
  mutating func dropSecret(_ name: Text) { ImportNotes.insert(name, into: &secrets) }
  mutating func drop(_ name: Text) { ImportNotes.insert(name, into: &dropped) }

  private static func insert(_ name: Text, into names: inout [Text]) {
    if !names.contains(name) { names.append(name) }
  }

  /// All of them, in an order that does not depend on the file's.
  ///
  /// `newColumns` are the attributes that the store does not know, without a type where they have no
  /// values.
  func diagnostics(
    of file: Text, newColumns: [(name: Text, type: AttributeType?)]
  ) -> [Diagnostic] {
    var problems: [InterchangeProblem] = ignored.map { .ignoredColumn($0) }
    for column in newColumns {
      problems.append(
        column.type.map { .newAttribute(column.name, type: $0.word) } ?? .emptyColumn(column.name))
    }
    if !secrets.isEmpty { problems.append(.droppedSecrets(secrets)) }
    if !dropped.isEmpty { problems.append(.droppedFields(dropped)) }
    if createdFromID > 0 { problems.append(.createdFromID(rows: createdFromID)) }
    return problems.map { Diagnostic(FileProblem(file: file, $0), severity: .note) }
  }
}
