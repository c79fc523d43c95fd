package import Diagnostics
package import Language

/// What merging a well-formed file with the store can come to, beside a change.
package enum ImportProblem: Problem, Equatable {
  /// Lines count from 1.
  package struct Lines: Hashable, Sendable {
    package let first: Int
    package let second: Int

    package init(first: Int, second: Int) {
      self.first = first
      self.second = second
    }
  }

  case noKeys
  case noColumn(ImportFile.Key)
  case rowWithoutKey(ImportFile.Key, line: Int)
  case twice(ImportFile.Key, Text, Lines, others: Int)
  case newWithoutName(line: Int, id: Text)
  case sharedName(Text, line: Int, count: Int)
  case idTaken(Text, line: Int)
  case otherType(attribute: Text, store: Text, file: Text)
  /// A warning: two ids that a person would take for one.
  case similarIDs(Lines)
  /// A warning: a row is matched by its name, and its id is not the store's.
  case otherIDs(Int)
  /// A warning: subaccounts are given names that others have; the first of these names.
  case sharedNames([Text], count: Int)
  /// A note: the file turns off what is always on.
  case alwaysEnabled(Text, rows: Int)

  package var code: String {
    switch self {
    case .noKeys: "E0460"
    case .noColumn: "E0461"
    case .rowWithoutKey: "E0462"
    case .twice: "E0463"
    case .newWithoutName: "E0464"
    case .sharedName: "E0465"
    case .idTaken: "E0466"
    case .otherType: "E0467"
    case .similarIDs: "W0468"
    case .otherIDs: "W0469"
    case .alwaysEnabled: "N0470"
    case .sharedNames: "W0471"
    }
  }

  package var message: String {
    switch self {
    case .noKeys: "the file has neither ids nor names to match its rows by"
    case .noColumn(let key): "the file has no \(key.rawValue)s to match its rows by"
    case .rowWithoutKey(let key, let line): "line \(line) of the file has no \(key.rawValue)"
    case .twice(let key, let value, let lines, let others):
      "the \(key.rawValue) '\(value)' is on line \(lines.first) and on line \(lines.second) of the "
        + "file" + (others > 0 ? ", and \(Quantity.of(others, "other row")) repeat one, too" : "")
    case .newWithoutName(let line, let id):
      "line \(line) of the file is a new subaccount, '\(id)', without a name"
    case .sharedName(let name, let line, let count):
      "\(Quantity.grouped(count)) subaccounts are named '\(name)', as line \(line) of the file"
    case .idTaken(let id, let line):
      "the id '\(id)' on line \(line) of the file belongs to a subaccount of another name"
    case .otherType(let attribute, let store, let file):
      "'\(attribute)' is \(store) in the store and \(file) in the file"
    case .similarIDs(let lines):
      "the ids on line \(lines.first) and on line \(lines.second) of the file differ only by "
        + "spaces at the ends or by how their letters are encoded; they stay two"
    case .otherIDs(let count):
      "\(Quantity.of(count, "subaccount")) matched by name \(count == 1 ? "keeps" : "keep") "
        + "another id than the file's"
    case .sharedNames(let names, let count):
      (count == 1
        ? "several subaccounts share a name: "
        : "subaccounts share \(Quantity.grouped(count)) names: ")
        + names.map { "'\($0)'" }.joined(separator: ", ") + (count > names.count ? ", …" : "")
    case .alwaysEnabled(let permission, let rows):
      "\(permission) is always on: it stays on for \(Quantity.of(rows, "row")) of the file"
    }
  }

  package var help: String? {
    switch self {
    case .noKeys: "it wants a column 'id' or 'name'"
    case .noColumn(.id): "match them by name: matching name"
    case .noColumn(.name): "match them by id: matching id"
    case .sharedName: "match by id, or rename one first"
    case .twice(.id, _, _, _): "keep one of the rows: each stands for a subaccount of its own"
    case .twice(.name, _, _, _): "match by id, or give one of the rows another name"
    case .newWithoutName: "an id that the store does not have makes a subaccount: give it a name"
    case .sharedNames: "statements tell them apart by #id"
    case .rowWithoutKey, .idTaken, .otherType, .similarIDs, .otherIDs, .alwaysEnabled: nil
    }
  }

  package var status: ExitStatus { .failed }

  /// What a merge that goes on nevertheless tells: a warning where something may be a mistake.
  package var severity: Diagnostic.Severity {
    switch self {
    case .alwaysEnabled: .note
    case .similarIDs, .otherIDs, .sharedNames: .warning
    case .noKeys, .noColumn, .rowWithoutKey, .twice, .newWithoutName, .sharedName, .idTaken,
      .otherType:
      .error
    }
  }
}
