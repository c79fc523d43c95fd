import Diagnostics
import Interchange
import Language
import Storage

/// What somebody meant who named something as a store that is none.
enum MistakenStore {
  private static let dataEndings = [".csv", ".json", ".jsonl", ".ndjson"]
  private static let scriptEndings = [".pql"]

  /// The store's problem, with what to write instead.
  static func diagnostic(_ problem: StoreProblem) -> Diagnostic {
    let found = Diagnostic(problem)
    guard case .refused(let path, .notADirectory) = problem, let help = help(for: path) else {
      return found
    }
    return Diagnostic(RestatedProblem(found, addingHelp: help))
  }

  /// What to write instead; nil where nobody can tell what the file is.
  static func help(for path: Text) -> String? {
    let name = path.string
    if let ending = dataEndings.first(where: { name.lowercased().hasSuffix($0) }) {
      let statement = "import \(Spelling.quoted(path))"
      // What a shell would read otherwise is not put into a command line.
      guard name.allSatisfy(isPlain) else { return "name a store, and there: \(statement)" }
      let store = "\(name.dropLast(ending.count)).permdb"
      return "import it into a store: permql -s \(store) -c '\(statement)'"
    }
    if scriptEndings.contains(where: { name.lowercased().hasSuffix($0) }) {
      return "a script is named by itself: permql -s agency.permdb \(name)"
    }
    return nil
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber) || "-._/".contains(character)
  }
}
