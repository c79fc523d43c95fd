import Diagnostics
import Evaluation
import Interchange
import Language

/// Answers from the language, the store's names and, where statements may touch them, files.
struct SessionAssistant: Assistant {
  let session: Session
  let isSandboxed: Bool

  func highlight(_ bytes: [UInt8], cursor: Int) -> [Highlight] {
    if InputExtent.isDotCommand(bytes) { return dots.highlight(bytes, cursor: cursor) }
    if InputExtent.isFarewell(bytes) {
      return [Highlight(SourceRange(0, bytes.count), .keyword)]
    }
    return session.highlight(bytes, cursor: cursor)
  }

  func complete(_ bytes: [UInt8], cursor: Int) -> Completions {
    complete(bytes, cursor: cursor, isForList: true) { isSandboxed ? [] : FileNames.below($0) }
  }

  private func complete(
    _ bytes: [UInt8], cursor: Int, isForList: Bool, files: (Text) -> [Text]
  ) -> Completions {
    if InputExtent.isDotCommand(bytes) { return dots.complete(bytes, cursor: cursor, files: files) }
    var found = session.complete(bytes, cursor: cursor, isForList: isForList, files: files)
    found.addFarewells(to: bytes, cursor: cursor)
    return found
  }

  func suggestion(for bytes: [UInt8]) -> (rest: String, whole: String?)? {
    let found = complete(bytes, cursor: bytes.count, isForList: false) { _ in [] }
    // An open quote alone is no beginning of a name.
    guard found.replaced.count > (bytes[found.replaced].first.map(isQuote) == true ? 1 : 0),
      let first = found.candidates.first
    else { return nil }
    let typed = String(decoding: bytes[found.replaced], as: UTF8.self)
    guard first.text.count > typed.count, first.text.lowercased().hasPrefix(typed.lowercased())
    else { return nil }
    let rest = String(first.text.dropFirst(typed.count))
    if first.text.hasPrefix(typed) { return (rest, nil) }
    let before = String(decoding: bytes[..<found.replaced.lowerBound], as: UTF8.self)
    return (rest, before + first.text)
  }

  private var dots: DotAssistance { DotAssistance(isSandboxed: isSandboxed) }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  func hint(_ bytes: [UInt8]) -> String {
    if InputExtent.isDotCommand(bytes) { return dots.hint(bytes) }
    return InputExtent.isFarewell(bytes) ? "" : session.hint(bytes)
  }

  func following(_ session: Session) -> any Assistant {
    SessionAssistant(session: session, isSandboxed: isSandboxed)
  }

  func reach(of bytes: [UInt8], while goesOn: @escaping @Sendable () -> Bool) -> Reach? {
    InputExtent.isDotCommand(bytes) ? nil : session.reach(of: bytes, while: goesOn)
  }
}

/// Files as completions.
enum FileNames {
  private static let most = 1000

  /// The paths that begin with what is typed; folders end with a `/`.
  static func below(_ typed: Text) -> [Text] {
    let folder = typed.string.lastIndex(of: "/").map { String(typed.string[...$0]) } ?? ""
    let begun = typed.string.dropFirst(folder.count)
    return SystemFile.names(inFolder: folder.isEmpty ? "." : Text(folder), limit: most)
      .filter { name in
        name.string.hasPrefix(begun) && (!begun.isEmpty || !name.string.hasPrefix("."))
      }
      .map { name in
        let path = folder + name.string
        return Text(SystemCall.exists(Text(path + "/.")) ? path + "/" : path)
      }
      .sorted()
  }
}

extension Completions {
  /// Adds the words that leave, where the line is the beginning of one.
  fileprivate mutating func addFarewells(to bytes: [UInt8], cursor: Int) {
    guard cursor == bytes.count, !bytes.isEmpty, replaced == 0..<cursor else { return }
    for word in Farewell.words where word.utf8.starts(with: bytes) && word.count > bytes.count {
      candidates.append(Candidate(word.string, detail: "leaves the prompt", endsWord: false))
      total += 1
    }
  }

  /// What all candidates have in common beyond what is typed; nil where that is nothing more.
  func commonText(in line: EditBuffer) -> String? {
    guard total == candidates.count, var common = candidates.first.map({ Array($0.text) }) else {
      return nil
    }
    for candidate in candidates.dropFirst() {
      let text = Array(candidate.text)
      var length = 0
      while length < min(common.count, text.count), common[length] == text[length] { length += 1 }
      common.removeSubrange(length...)
    }
    return common.count > String(decoding: Array(line.text.utf8)[replaced], as: UTF8.self).count
      ? String(common) : nil
  }
}
