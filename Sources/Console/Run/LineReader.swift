/// Lines of a terminal, each with its line end.
struct LineReader {
  enum Event: Equatable {
    case line([UInt8])
    /// Ctrl-C: what was typed is gone.
    case interrupted
    case tooLong
    /// Ctrl-D.
    case end
  }

  private static let longestLine = 1 << 20
  private var buffer: [UInt8] = []

  mutating func next() -> Event {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[...end])
        buffer.removeSubrange(...end)
        return .line(line)
      }
      if buffer.count > LineReader.longestLine {
        buffer = []
        return .tooLong
      }
      let result = SystemCall.read(from: 0, atMost: 1 << 16, into: &buffer)
      if Interruption.isRequested {
        buffer = []
        return .interrupted
      }
      switch result {
      case .some, .interrupted: continue
      case .end, .failed:
        defer { buffer = [] }
        return buffer.isEmpty ? .end : .line(buffer + [UInt8(ascii: "\n")])
      }
    }
  }
}
