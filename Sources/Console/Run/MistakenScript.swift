import Diagnostics
import Language

/// What somebody meant who named a script that can't be read as one.
enum MistakenScript {
  private static let stores = ".permdb"

  /// What to write instead; nil where it may well be a script's name.
  static func help(for path: Text) -> String? {
    if SystemCall.exists(Text("\(path)/head")) || path.string.hasSuffix(stores) {
      return "a store is named with '--store': permql -s \(path)"
    }
    let word = path.string.lowercased()
    if word == "version" { return "write 'permql --version'" }
    let isStatement = Keyword.allCases.contains { $0.beginsStatement && $0.spelling == word }
    return isStatement ? "a statement goes behind '-c': permql -c '\(word) …'" : nil
  }
}
