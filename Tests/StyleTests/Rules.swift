/// The project's own rules about its source text, each a function from a file to what is wrong in it.
///
/// Where a rule has exceptions, they stand here once, each with its reason.
enum Rules {
  /// What may stand at the top of the project.
  static let topLevel: Set<String> = [
    ".ci", ".git", ".gitignore", ".swift-format", "Package.swift", "README.md", "Sources", "Tests",
    "grammar", "samples",
  ]

  /// Files over 400 lines, and why each is better whole.
  static let longFiles: [String: String] = [:]

  /// Functions over 70 lines, as `path name`, and why each is better whole.
  static let longFunctions: [String: String] = [:]

  /// Files that may say `unsafe`, and what for.
  static let unsafeFiles: [String: String] = [
    "Sources/Storage/Disk/SystemDisk.swift": "system calls on the store's files",
    "Sources/Storage/Disk/FileMemory.swift": "a file's bytes in memory",
    "Sources/Storage/Bytes/LargeMemory.swift": "what the kernel is told of an array's memory",
    "Sources/Storage/Helping/HelperProcess.swift": "fork, and a pipe's ends",
    "Sources/Storage/Helping/HelperPipe.swift": "columns through a pipe as they lie in memory",
    "Sources/Storage/Snapshot/SnapshotWriter.swift": "columns as the bytes that they are",
    "Sources/Storage/Snapshot/MappedFile.swift": "a file's bytes in memory",
    "Sources/Storage/Snapshot/Stored.swift": "columns lent from a mapped file",
    "Sources/Storage/Bytes/SHA256.swift": "the processor's instructions for it",
    "Sources/Storage/Bytes/LittleEndian.swift": "eight bytes of a span read as one number",
    "Sources/Storage/Columns/TextStretches.swift": "the loop that shifts where texts end",
    "Sources/Storage/Bytes/ByteRoom.swift": "runs of bytes copied into room made once",
    "Sources/Storage/Bytes/LaneSum.swift": "sums over blocks of bytes, in C",
    "Sources/Storage/Bytes/RangeScan.swift": "comparisons of whole columns, in C",
    "Sources/Storage/Bytes/ByteSearch.swift": "searches over bytes, in C",
    "Sources/Interchange/Files/SystemFile.swift": "system calls on foreign files",
    "Sources/Console/System/SystemCall.swift": "system calls on the standard descriptors",
    "Sources/Console/System/Interruption.swift": "signal handlers",
    "Sources/Console/System/ChildProcess.swift": "posix_spawn, for a pager and an editor",
    "Sources/Console/System/TerminalSignals.swift": "signal handlers",
    "Sources/Console/System/Ticker.swift": "a thread",
    "Sources/Console/LineEditor/EditLine.swift": "libedit, which takes and gives C pointers",
    "Sources/Console/LineEditor/EditLineFunctions.swift": "the functions that libedit calls",
    "Sources/Console/LineEditor/HistoryFile.swift": "system calls on the history's file",
    "Sources/Console/Options/OptionReader.swift": "getopt_long, which takes C strings",
  ]

  /// The rooms, and those below that each may enter.
  static let rooms: [String: Set<String>] = [
    "CEditLine": [],
    "CSystem": [],
    "Diagnostics": [],
    "Permissions": ["Diagnostics"],
    "Language": ["Diagnostics"],
    "Storage": ["CSystem", "Diagnostics", "Permissions"],
    "Evaluation": ["Diagnostics", "Language", "Permissions", "Storage"],
    "Interchange": ["CSystem", "Diagnostics", "Evaluation", "Language", "Permissions", "Storage"],
    "Console": [
      "CEditLine", "CSystem", "Diagnostics", "Evaluation", "Interchange", "Language", "Permissions",
      "Storage",
    ],
    "permql": ["Console"],
  ]

  /// What a room may import that is not the project's.
  static let system: Set<String> = [
    "FoundationEssentials", "Glibc", "Musl", "Darwin", "Synchronization",
  ]

  /// Every violation in one file, as `path:line: what`.
  static func violations(in text: String, at path: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var found: [String] = []
    for (index, line) in lines.enumerated() {
      found += violations(inLine: line, at: path).map { "\(path):\(index + 1): \($0)" }
    }
    if !text.hasSuffix("\n") || text.hasSuffix("\n\n") {
      found.append("\(path): a file ends with exactly one line end")
    }
    if path.hasSuffix(".swift"), lines.count - 1 > 400, longFiles[path] == nil {
      found.append("\(path): \(lines.count - 1) lines, over 400 without a reason in Rules")
    }
    return path.hasSuffix(".swift") ? found + longFunctions(in: lines, at: path) : found
  }

  /// A function ends where a brace stands alone at its own indentation.
  private static func longFunctions(in lines: [Substring], at path: String) -> [String] {
    var found: [String] = []
    for (start, line) in lines.enumerated() {
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      guard let keyword = words.firstIndex(where: { $0 == "func" || $0 == "init" }),
        words[..<keyword].allSatisfy({ modifiers.contains(String($0)) }), line.hasSuffix("{")
      else { continue }
      let end = line.prefix { $0 == " " } + "}"
      let length = (lines[start...].firstIndex { $0 == end } ?? start) - start + 1
      let name = words[keyword] == "init" ? "init" : String(words[keyword + 1])
      if length > 70, longFunctions["\(path) \(name)"] == nil {
        found.append("\(path):\(start + 1): \(name) has \(length) lines, over 70 without a reason")
      }
    }
    return found
  }

  private static let modifiers: Set<String> = [
    "package", "private", "fileprivate", "internal", "static", "mutating", "consuming", "borrowing",
    "override", "final", "convenience", "nonisolated", "inline", "inlinable", "discardableResult",
    "Test", "always", "never",
  ]

  private static func violations(inLine line: Substring, at path: String) -> [String] {
    var found: [String] = []
    if line.contains("\t") {
      found.append("a tab")
    }
    if line.hasSuffix(" ") {
      found.append("a blank at the end of the line")
    }
    let words = Set(
      line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    for mark in ["TO" + "DO", "FIX" + "ME", "XX" + "X"] where words.contains(mark) {
      found.append("an unfinished mark: \(mark)")
    }
    guard path.hasSuffix(".swift") else { return found }
    let code = line.split(separator: "//", omittingEmptySubsequences: false)[0]
    let codeWords = Set(
      withoutText(code).split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    if codeWords.contains("unsafe"), unsafeFiles[path] == nil, !path.hasPrefix("Tests/") {
      found.append("unsafe outside the files that Rules lists")
    }
    for word in ["public", "open", "unchecked"]
    where codeWords.contains(word) && path.hasPrefix("Sources/") {
      if word != "open" || code.contains("open class") || code.contains("open func") {
        found.append("'\(word)': modules share by package access and by checked types alone")
      }
    }
    if let module = importedModule(code) {
      found += arrow(from: path, to: module)
    }
    return found
  }

  /// A line of code with what stands in quotes left out.
  private static func withoutText(_ code: Substring) -> String {
    code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined(separator: " ")
  }

  /// `X` of `import X`, with whatever stands before it.
  private static func importedModule(_ code: Substring) -> String? {
    let words = code.split(separator: " ")
    guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
      words[..<keyword].allSatisfy({ $0 == "package" || $0.hasPrefix("@") || $0 == "internal" })
    else { return nil }
    return words.last.map { String($0.prefix { $0 != "." }) }
  }

  private static func arrow(from path: String, to module: String) -> [String] {
    let parts = path.split(separator: "/")
    guard parts.count > 2, parts[0] == "Sources" else { return [] }
    let room = String(parts[1])
    guard let below = rooms[room] else { return ["\(room) is not among the rooms"] }
    if rooms[module] != nil || !system.contains(module) {
      return below.contains(module) ? [] : ["\(room) may not import \(module)"]
    }
    return []
  }
}
