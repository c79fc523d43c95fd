package import Diagnostics
package import Evaluation
import Language

/// What may stand in a line that begins with a dot, and what its parts are.
package struct DotAssistance {
  /// What `--sandbox` refuses is not offered.
  private let isSandboxed: Bool

  package init(isSandboxed: Bool) {
    self.isSandboxed = isSandboxed
  }

  /// The line up to an offset, taken apart.
  private struct Part {
    /// Where the word with the dot is, and whether it is being typed.
    let word: Range<Int>
    let isWord: Bool
    let command: DotCommand?
    /// Where what follows the command begins.
    let start: Int

    init(_ bytes: ArraySlice<UInt8>) {
      let dot = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
      let end = bytes[dot...].firstIndex { $0 <= 0x20 } ?? bytes.endIndex
      word = dot..<end
      isWord = end == bytes.endIndex
      command = DotCommand.named(String(decoding: bytes[dot..<end].dropFirst(), as: UTF8.self))
      start = bytes[end...].firstIndex { $0 > 0x20 } ?? bytes.endIndex
    }
  }

  /// The commands, or what the one that stands there takes.
  package func complete(
    _ bytes: [UInt8], cursor: Int, files: (Text) -> [Text]
  ) -> Completions {
    let part = Part(bytes[..<cursor])
    if part.isWord {
      let typed = String(decoding: bytes[part.word], as: UTF8.self).lowercased()
      return Completions(
        replaced: part.word,
        candidates: commands.filter { $0.spelling.hasPrefix(typed) }.map { command in
          Candidate(
            command.spelling, label: command.usage, detail: command.entry.summary,
            endsWord: command.entry.argument != nil)
        })
    }
    let typed = Text(validating: bytes[part.start..<cursor])
    let candidates = typed.flatMap { typed in
      part.command.map { operands(of: $0, beginningWith: typed, files: files) }
    }
    return Completions(replaced: part.start..<cursor, candidates: candidates ?? [])
  }

  private var commands: [DotCommand] {
    DotCommand.allCases.filter { !isSandboxed || !$0.entry.leavesTheSandbox }
  }

  private func operands(
    of command: DotCommand, beginningWith typed: Text, files: (Text) -> [Text]
  ) -> [Candidate] {
    switch command.entry.operand {
    case .free: []
    case .oneOf(let words):
      words.filter { $0.hasPrefix(typed.string.lowercased()) }.map { word in
        Candidate(word, endsWord: false)
      }
    case .topic: topics(typed.string.lowercased())
    case .store:
      paths(typed, files) { path in path.hasSuffix(".permdb/") ? 0 : 1 }
        .filter { $0.isStore || !$0.endsWord }
    case .script:
      paths(typed, files) { path in path.hasSuffix(".pql") ? 0 : 1 }.filter { !$0.isStore }
    case .file(let words):
      words.filter { $0.hasPrefix(typed.string) }.map { Candidate($0, endsWord: false) }
        + paths(typed, files) { _ in 0 }.filter { !$0.isStore }
    }
  }

  private func topics(_ typed: String) -> [Candidate] {
    let isDotted = typed.hasPrefix(".")
    let ofCommands = commands.filter { (isDotted ? $0.spelling : $0.rawValue).hasPrefix(typed) }
      .map { Candidate($0.spelling, detail: $0.entry.summary, endsWord: false) }
    let ofLanguage = HelpTopic.all.filter { $0.name.string.hasPrefix(typed) }
      .map { Candidate($0.name.string, detail: $0.summary, endsWord: false) }
    return isDotted ? ofCommands : ofLanguage + ofCommands
  }

  /// Paths as they are, or in the quote that was begun: a dot command knows no escapes.
  private func paths(
    _ typed: Text, _ files: (Text) -> [Text], _ rank: (String) -> Int
  ) -> [Candidate] {
    let quote = typed.utf8.first.flatMap { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? String(Unicode.Scalar(byte)) : nil
    }
    let begun = Text(validating: typed.utf8.dropFirst(quote == nil ? 0 : 1)) ?? ""
    let found = files(begun).filter { path in
      !path.string.unicodeScalars.contains(where: \.isHarmful)
    }
    let ranked = (0...1).flatMap { place in found.filter { rank($0.string) == place } }
    return ranked.map { path in
      let isStore = path.string.hasSuffix(".permdb/")
      let name = isStore ? String(path.string.dropLast()) : path.string
      let isFolder = name.hasSuffix("/")
      return Candidate(
        (quote ?? "") + name + (isFolder ? "" : quote ?? ""), label: name,
        detail: isStore ? "store" : isFolder ? "folder" : "file", endsWord: !isFolder)
    }
  }

  /// A command that there is not, and a word that it can't take, stand out.
  package func highlight(_ bytes: [UInt8], cursor: Int) -> [Highlight] {
    let part = Part(bytes[...])
    let word = String(decoding: bytes[part.word], as: UTF8.self).lowercased()
    let isBegun =
      part.word.upperBound == cursor && commands.contains { $0.spelling.hasPrefix(word) }
    let isKnown = part.command != nil || isBegun
    var found = [
      Highlight(
        SourceRange(part.word.lowerBound, part.word.upperBound), isKnown ? .keyword : .unknown)
    ]
    let end = (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
    guard case .oneOf(let words) = part.command?.entry.operand, part.start < end,
      part.command != .width
    else { return found }
    let value = String(decoding: bytes[part.start..<end], as: UTF8.self).lowercased()
    let fits = words.contains { end == cursor ? $0.hasPrefix(value) : $0 == value }
    found.append(Highlight(SourceRange(part.start, end), fits ? .text : .unknown))
    return found
  }

  /// What the command at the line's end still takes.
  package func hint(_ bytes: [UInt8]) -> String {
    let part = Part(bytes[...])
    return part.start == bytes.count ? part.command?.entry.argument ?? "" : ""
  }
}

extension Candidate {
  fileprivate var isStore: Bool { label.hasSuffix(".permdb") }
}
