import Diagnostics

/// Reads lines as the terminal gives them: no colours, no keys, no escape sequences.
final class PlainReader: StatementReader {
  private(set) var history: [Text] = []
  private var lines = LineReader()
  private let show: (String) -> Void

  /// - Parameter show: writes a prompt.
  init(show: @escaping (String) -> Void) {
    self.show = show
  }

  func read(prompt: String, rightPrompt: String) -> ReadInput {
    let continuation =
      String(repeating: " ", count: max(0, prompt.unicodeScalars.count - 4)) + "... "
    var text: [UInt8] = []
    while true {
      show(text.isEmpty ? prompt : continuation)
      switch lines.next() {
      case .line(let line):
        text += line
        if InputExtent.isBlank(text) {
          text = []
        } else if InputExtent.isWhole(text) {
          remember(text)
          return .statement(text)
        }
      case .interrupted: return .interrupted
      case .tooLong: return .tooLong
      case .end: return .end
      }
    }
  }

  func ask(_ question: String) -> [UInt8]? {
    show(question)
    guard case .line(let line) = lines.next() else {
      Interruption.reset()
      show("\n")
      return nil
    }
    return line
  }

  /// Plain lines have no place for it.
  func offer(_ statement: Text) {}

  private func remember(_ bytes: [UInt8]) {
    let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    guard let text = Text(validating: bytes[..<end]), history.last != text else { return }
    history.append(text)
  }
}
