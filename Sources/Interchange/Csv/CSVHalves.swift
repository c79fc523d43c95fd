import Diagnostics
import Evaluation
package import Storage

/// Reads one large CSV file in two processes: this one its first half, a helper the rest.
///
/// The rest is taken to begin behind a line's end, but that may lie between quotes: only who has read
/// all before it knows. Where no row begins there, where the rest has a mistake, or where there is no
/// helper or none any more, it is read here, behind the first half. So what comes of it, the first
/// mistake included, is what comes of reading it from the beginning to the end.
struct CSVHalves<Source: ByteSource> {
  private var reader: CSVReader<Source>
  private let help: ImportHelp

  /// A line's end is looked for in so many bytes.
  private static var longestLine: Int { 1 << 16 }

  init(_ source: Source, _ help: ImportHelp) {
    reader = CSVReader(source)
    self.help = help
  }

  mutating func read(_ visitor: inout CSVImport) throws(Misread) {
    try reader.begin()
    // What lies in reach has the header, unless that is very long.
    try reader.readOn(&visitor, upTo: reader.reach)
    guard let start = startOfRest(), let helper = helper(from: start, visitor) else {
      return try reader.readOn(&visitor)
    }
    reader.expect(upTo: start)
    try reader.readOn(&visitor, upTo: start)
    guard reader.isBetweenRows, try take(helper, into: &visitor) else {
      return try reader.readOn(&visitor)
    }
  }

  /// Where a line begins that is about as far from the end as from here; nil where no help is needed.
  private func startOfRest() -> Int? {
    guard help.helping != .none, reader.hasHeader, let size = reader.size,
      size - reader.reach >= help.least
    else { return nil }
    let middle = reader.reach + Int(Double(size - reader.reach) * help.ownShare)
    var bytes: [UInt8] = []
    do throws(FileFailure) {
      guard var source = reader.beside(from: middle) else { return nil }
      while bytes.count < Self.longestLine,
        try source.read(into: &bytes, limit: Self.longestLine) > 0
      {}
    } catch {
      return nil
    }
    return bytes.firstIndex(of: 0x0A).map { middle + $0 + 1 }
  }

  private func helper(from start: Int, _ visitor: CSVImport) -> HelperProcess? {
    guard let source = reader.beside(from: start) else { return nil }
    return HelperProcess.start(help.helping) {
      var visitor = visitor.emptied
      var rest = CSVReader(source, like: reader)
      do throws(Misread) { try rest.readOn(&visitor) } catch { return nil }
      return visitor
    } _: { (visitor: consuming CSVImport, output) in
      visitor.write(to: &output)
    }
  }

  /// False where the helper has nothing to say.
  private func take(
    _ helper: borrowing HelperProcess, into visitor: inout CSVImport
  ) throws(Misread) -> Bool {
    let linesBefore = reader.line - 1
    do throws(HelperLost) {
      return try helper.answer(stopsWhen: help.isInterrupted) { input throws(HelperLost) in
        try visitor.append(from: &input, linesBefore: linesBefore)
        return true
      } ?? false
    } catch {
      throw Misread(.file(.helperLost))
    }
  }
}

/// Whether and how large files are read by two processes.
package struct ImportHelp: Sendable {
  var helping = Helping.none
  /// Fewer bytes are read sooner than a helper has started.
  var least = 4 << 20
  /// Which part of the bytes is read here: a little more, as what a helper has read comes through a
  /// pipe.
  var ownShare = 0.52
  /// Asked where a signal has ended the wait for a helper.
  var isInterrupted: @Sendable () -> Bool = { false }

  package init(_ helping: Helping = .none) {
    self.helping = helping
  }

  /// A helper for any file, that is given any part: for tests.
  package init(_ helping: Helping, least: Int, ownShare: Double) {
    self.helping = helping
    self.least = least
    self.ownShare = ownShare
  }
}
