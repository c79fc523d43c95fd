import Diagnostics
import Evaluation

/// A file without a name, to be copied to a pipe or a device.
final class SpooledFile: PendingFile {
  enum Target: Sendable {
    case path(Text)
    case descriptor(Int32)
  }

  let notes: [Diagnostic]
  private let file: SystemFile
  private let target: Target
  private let shown: Text

  private let isInterrupted: @Sendable () -> Bool

  init(
    file: SystemFile, target: Target, shown: Text, notes: [Diagnostic],
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.file = file
    self.target = target
    self.shown = shown
    self.notes = notes
    self.isInterrupted = isInterrupted
  }

  var isStandardOutput: Bool {
    if case .descriptor(1) = target { true } else { false }
  }

  /// A reader that leaves has seen what it wanted, as with any other result: nothing is said of it.
  func publish() throws(Diagnostic) -> Publication {
    do {
      let output =
        switch target {
        case .path(let path):
          try SystemFile.open(writing: path, stopsWhen: isInterrupted)
        case .descriptor(let descriptor): try SystemFile.duplicate(descriptor)
        }
      try file.rewind()
      var bytes: [UInt8] = []
      while try file.read(into: &bytes, limit: 1 << 18) > 0 {
        try output.write(bytes, stopsWhen: isInterrupted)
        bytes.removeAll(keepingCapacity: true)
      }
      return .complete
    } catch {
      if error.isReaderGone { return .readerLeft }
      throw Diagnostic(FileProblem(file: shown, .file(error)))
    }
  }

  func discard() {}
}
