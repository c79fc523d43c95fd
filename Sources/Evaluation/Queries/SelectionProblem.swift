package import Diagnostics
import Language

/// What looking up subaccounts can come to, beside an answer.
package enum SelectionProblem: Problem, Equatable {
  case unknownName(Text, near: [Text])
  case unknownID(Text)
  case sharedName(Text, ids: [Text], count: Int)
  case nothingListed
  /// A note: subaccounts that had the name too, and that were deleted.
  case deletedNamesakes(Text, ids: [Text], count: Int)
  /// Where one subaccount is wanted: how many there are instead.
  case notOne(Int)
  /// A note: no subaccount has this value, but some have one like it.
  case valueNowhere(attribute: Text, value: Text, near: [Text])
  /// A note: `=` takes a star for a star.
  case starIsPlain(attribute: Text, value: Text)

  package var code: String {
    switch self {
    case .unknownName: "E0420"
    case .unknownID: "E0421"
    case .sharedName: "E0422"
    case .nothingListed: "E0423"
    case .notOne: "E0424"
    case .deletedNamesakes: "N0427"
    case .valueNowhere: "N0425"
    case .starIsPlain: "N0426"
    }
  }

  package var message: String {
    switch self {
    case .unknownName(let name, _): "no subaccount is named '\(name)'"
    case .unknownID(let id): "no subaccount has the id '\(id)'"
    case .sharedName(let name, _, let count):
      "\(Quantity.grouped(count)) subaccounts are named '\(name)'"
    case .deletedNamesakes(let name, _, let count):
      "\(Quantity.of(count, "deleted subaccount")) \(count == 1 ? "was" : "were") named '\(name)' too"
    case .nothingListed: "'those' means nobody yet: nothing has been listed in this run"
    case .notOne(0): "this is to be one subaccount, and it is nobody"
    case .notOne(let count):
      "this is to be one subaccount, and it is \(Quantity.grouped(count))"
    case .valueNowhere(let attribute, let value, _):
      "no subaccount has \(attribute) '\(value)'"
    case .starIsPlain(let attribute, let value):
      "no subaccount has \(attribute) '\(value)': '=' takes the '*' as it is"
    }
  }

  package var label: String? {
    switch self {
    case .unknownName(_, let near), .valueNowhere(_, _, let near): SelectionProblem.question(near)
    case .starIsPlain: "did you mean '~' instead of '='?"
    case .unknownID, .sharedName, .deletedNamesakes, .nothingListed, .notOne: nil
    }
  }

  package var replacement: Text? {
    guard case .unknownName(_, let near) = self, near.count == 1 else { return nil }
    return Text(Spelling.quoted(near[0]))
  }

  package var help: String? {
    switch self {
    case .unknownName(let name, _) where name.utf8.contains(UInt8(ascii: "*")):
      "for all whose name is like this, write: where name ~ '\(name)'"
    case .unknownName(_, near: []): "'show subaccounts' lists them all"
    case .sharedName(_, let ids, let count), .deletedNamesakes(_, let ids, let count):
      "name the one you mean by its id: "
        + ids.map { "#\($0)" }.joined(separator: ", ")
        + (count > ids.count ? ", and \(Quantity.grouped(count - ids.count)) more" : "")
    case .nothingListed: "list some first: show subaccounts …"
    case .notOne(let count) where count > 1: "for several, write: show subaccounts …"
    case .starIsPlain(let attribute, let value):
      "for all whose \(attribute) is like this, write: \(attribute) ~ '\(value)'"
    case .unknownName, .unknownID, .valueNowhere, .notOne: nil
    }
  }

  package var status: ExitStatus { .failed }

  /// Such as `did you mean 'a', 'b' or 'c'?`, or nil with nothing to offer.
  private static func question(_ near: [Text]) -> String? {
    guard let last = near.last else { return nil }
    let others = near.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return "did you mean \(others)\(others.isEmpty ? "" : " or ")'\(last)'?"
  }
}
