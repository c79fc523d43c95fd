package import Diagnostics

/// A file that only grows, made for its owner alone where it is not there.
package final class AppendedFile {
  private let file: SystemFile
  /// Why it takes nothing more; nil while all is well.
  package private(set) var failure: FileFailure?

  /// - Throws: where it can't be opened, or is no regular file.
  package init(_ path: Text) throws(FileFailure) {
    file = try SystemFile.open(appending: path)
  }

  package func append(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    do { try file.write(bytes) } catch { failure = error }
  }
}

/// A file for a text that another program works on: nobody else can see it, and it goes when it is let go.
package final class ScratchFile {
  package let path: Text

  package init(_ bytes: [UInt8], suffix: String) throws(FileFailure) {
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    path = Text("\(SystemFile.temporaryFolder)/permql-\(random)\(suffix)")
    let file = try SystemFile.create(path)
    try file.write(bytes)
  }

  deinit {
    SystemFile.remove(path)
  }

  /// What is in it now, up to a limit.
  package func contents(limit: Int) throws(FileFailure) -> [UInt8] {
    let file = try SystemFile.open(reading: path)
    var bytes: [UInt8] = []
    while bytes.count < limit, try file.read(into: &bytes, limit: 1 << 16) > 0 {}
    return bytes
  }
}
