import Diagnostics
import Evaluation

/// What is shown of a line besides its characters, worked out once for each state of it.
struct LineAid {
  private var buffer: EditBuffer?
  private var bytes: [UInt8] = []
  /// One for each scalar.
  private(set) var inks: [Ink] = []
  /// What Right would take.
  private(set) var ghost: String?
  /// What taking the ghost makes of the whole line, where that is more than adding it.
  private(set) var replacement: String?
  private var hint = ""
  private var reach: Reach?
  /// Nobody has yet asked how many subaccounts the line would change.
  private(set) var lacksReach = false

  init() {}

  mutating func follow(
    _ buffer: EditBuffer, _ assistant: any Assistant, recall: History, offered: Text?
  ) {
    guard buffer != self.buffer else { return }
    let isSameText = buffer.scalars == self.buffer?.scalars
    let offsets = buffer.beforeCursor.utf8.count
    self.buffer = buffer
    bytes = Array(buffer.text.utf8)
    inks = LineAid.inks(
      assistant.highlight(bytes, cursor: offsets), scalars: buffer.scalars)
    (ghost, replacement, hint) = (nil, nil, "")
    if buffer.isAtEnd { suggest(buffer, assistant, recall: recall, offered: offered) }
    if !isSameText {
      reach = nil
      lacksReach = !buffer.isEmpty
    }
  }

  private mutating func suggest(
    _ buffer: EditBuffer, _ assistant: any Assistant, recall: History, offered: Text?
  ) {
    let text = buffer.text
    if let offered, offered.string.hasPrefix(text), offered.string != text {
      ghost = String(offered.string.dropFirst(text.count))
      return
    }
    if buffer.isEmpty { return }
    if let entry = recall.completion(of: text) {
      ghost = String(decoding: Array(entry.utf8)[bytes.count...], as: UTF8.self)
      return
    }
    if let (rest, whole) = assistant.suggestion(for: bytes) {
      ghost = rest
      replacement = whole
    }
    hint = assistant.hint(bytes + Array((ghost ?? "").utf8))
  }

  /// Asks how many subaccounts the line would change, which may take long: until a key comes.
  mutating func findReach(_ assistant: any Assistant, until watch: KeyWatch) {
    reach = assistant.reach(of: bytes) { watch.isQuiet }
    guard watch.isQuiet else { return }
    lacksReach = false
    guard let buffer else { return }
    // More names may be known now.
    let cursor = buffer.beforeCursor.utf8.count
    inks = LineAid.inks(assistant.highlight(bytes, cursor: cursor), scalars: buffer.scalars)
  }

  /// The suggestion, the syntax that may follow, and how many would change.
  var tail: [InkedText] {
    var parts: [InkedText] = []
    if let ghost, !ghost.isEmpty {
      let first = ghost.split(separator: "\n", omittingEmptySubsequences: false)
      let isCut = first.count > 1
      parts.append(
        InkedText((first.first.map(String.init) ?? "") + (isCut ? " …" : ""), .ghost))
    } else {
      parts.append(InkedText("", .ghost))
    }
    if !hint.isEmpty {
      let touches = bytes.last.map { $0 > 0x20 } ?? false
      parts.append(InkedText((touches ? " " : "") + hint, .ghost))
    }
    if let reach {
      let words = "\(Quantity.grouped(reach.changed)) of \(Quantity.grouped(reach.all))"
      parts.append(InkedText("   \(words)", .ghost))
    }
    return parts
  }

  private static func inks(_ highlights: [Highlight], scalars: [Unicode.Scalar]) -> [Ink] {
    guard !highlights.isEmpty else { return [] }
    var inks = [Ink](repeating: .plain, count: scalars.count)
    var offset = 0
    var next = 0
    for (index, scalar) in scalars.enumerated() {
      while next < highlights.count, highlights[next].range.upper <= offset { next += 1 }
      if next < highlights.count, highlights[next].range.lower <= offset {
        inks[index] = Ink(highlights[next].role)
      }
      offset += UTF8.width(scalar)
    }
    return inks
  }
}

extension Ink {
  init(_ role: Highlight.Role) {
    switch role {
    case .keyword: self = .keyword
    case .permission: self = .permission
    case .attribute: self = .attribute
    case .text: self = .text
    case .number: self = .number
    case .variable: self = .variable
    case .comment: self = .comment
    case .unknown: self = .bad
    }
  }
}
