package import Diagnostics
package import Evaluation
import Language
import Storage

/// Files of subaccounts, and scripts, in the file system.
package struct Files: FileExchange {
  /// No script is longer, in bytes.
  private static let scriptLimit = 256 << 20
  /// No line of a script is longer, in bytes.
  private static let lineLimit = 1 << 20
  /// How many names are looked at for one that was meant.
  private static let nameLimit = 10_000

  /// Asked where a signal has ended a wait, for a pipe's writer or for its bytes.
  private let isInterrupted: @Sendable () -> Bool
  /// Told how far a file is.
  private let progress: ProgressReport
  private var help: ImportHelp

  /// With helpers a large file is read by two processes, of which this one must have one thread.
  package init(
    hasHelpers: Bool = false, isInterrupted: @escaping @Sendable () -> Bool = { false },
    progress: @escaping ProgressReport = { _, _, _ in }
  ) {
    help = ImportHelp(hasHelpers ? .likely : .none)
    help.isInterrupted = isInterrupted
    self.isInterrupted = isInterrupted
    self.progress = progress
  }

  package func read(_ request: ImportRequest) throws(Diagnostic) -> ImportedSubaccounts {
    do {
      let file = try open(request.path)
      var source = FileSource(file, stopsWhen: isInterrupted)
      if case .regular(let size, _) = try kind(of: file) { source.tell(progress, size: size) }
      return try ImportReading.read(source, request, help)
    } catch {
      throw Diagnostic(FileProblem(file: request.path, error))
    }
  }

  package func write(_ request: ExportRequest) throws(Diagnostic) -> any PendingFile {
    try FileWriting.write(
      request, WritingWatch(isInterrupted: isInterrupted, progress: progress))
  }

  package func write(
    _ report: AgencyReport, to path: Text
  ) throws(Diagnostic) -> any PendingFile {
    try FileWriting.write(
      FileWriting.Content(path: path, isInterrupted: isInterrupted) { (file) throws(FileFailure) in
        var output = FileOutput(file, rows: 0, WritingWatch(isInterrupted: isInterrupted))
        try ReportPage(report).write(to: &output)
        return []
      })
  }

  package func write(
    _ changes: PlatformChanges, to path: Text
  ) throws(Diagnostic) -> (file: any PendingFile, calls: CallCounts) {
    let requests = PlatformRequests(changes)
    let file = try FileWriting.write(
      FileWriting.Content(path: path, isInterrupted: isInterrupted) { (file) throws(FileFailure) in
        var output = FileOutput(file, rows: 0, WritingWatch(isInterrupted: isInterrupted))
        try requests.write(to: &output)
        guard requests.counts.notes > 0 else { return [] }
        let remark = InterchangeProblem.beyondTheAPI(requests.counts.notes)
        return [Diagnostic(FileProblem(file: path, remark), severity: .note)]
      })
    return (file, requests.counts)
  }

  package func script(at path: Text) throws(Diagnostic) -> SourceText {
    do throws(Misread) {
      let file = try open(path)
      if case .regular(let size, _) = try kind(of: file), size > Self.scriptLimit {
        throw Misread(.scriptTooLong(megabytes: size >> 20))
      }
      return SourceText(name: path, bytes: try scriptBytes(file))
    } catch {
      throw Diagnostic(FileProblem(file: path, error))
    }
  }

  /// Replaces a script by the same in another layout, whole or not at all.
  package func replaceScript(at path: Text, with bytes: [UInt8]) throws(Diagnostic) {
    try FileWriting.replace(path, with: bytes)
  }

  private func scriptBytes(_ file: SystemFile) throws(Misread) -> [UInt8] {
    var bytes: [UInt8] = []
    var checked = 0
    var lineStart = 0
    var line = 1
    while try read(file, into: &bytes) > 0 {
      while checked < bytes.count {
        if bytes[checked] == 0x0A || bytes[checked] == 0x0D {
          if bytes[checked] == 0x0A { line += 1 }
          lineStart = checked + 1
        } else if checked - lineStart >= Self.lineLimit {
          throw Misread(.scriptLineTooLong, line: line)
        }
        checked += 1
      }
      if bytes.count > Self.scriptLimit {
        throw Misread(.scriptTooLong(megabytes: bytes.count >> 20))
      }
    }
    return bytes
  }

  private func read(_ file: SystemFile, into bytes: inout [UInt8]) throws(Misread) -> Int {
    do {
      return try file.read(into: &bytes, limit: 1 << 18, stopsWhen: isInterrupted)
    } catch {
      throw Misread(.file(error))
    }
  }

  private func kind(of file: SystemFile) throws(Misread) -> SystemFile.Kind {
    do { return try file.kind() } catch { throw Misread(.file(error)) }
  }

  /// Opens a file to be read, which may be a pipe but no directory.
  private func open(_ path: Text) throws(Misread) -> SystemFile {
    if path.utf8.contains(0) { throw Misread(.nulInPath) }
    let file: SystemFile
    do {
      file = try SystemFile.open(reading: path, stopsWhen: isInterrupted)
    } catch {
      if error.isMissing { throw Misread(.missing(nearest: nearest(to: path))) }
      throw Misread(.file(error))
    }
    if case .directory = try kind(of: file) { throw Misread(.directory) }
    return file
  }

  private func nearest(to path: Text) -> Text? {
    let wanted = FilePath(path)
    let names = SystemFile.names(inFolder: wanted.folder, limit: Self.nameLimit)
    return Suggestion.nearest(to: wanted.name, among: names).map { Text("\(wanted.prefix)\($0)") }
  }
}

/// Reads files of subaccounts of any kind, from any source.
package enum ImportReading {
  package static func read(
    _ source: some ByteSource, _ request: ImportRequest, _ help: ImportHelp = ImportHelp()
  ) throws(Misread) -> ImportedSubaccounts {
    var source = source
    var firstBytes: [UInt8] = []
    do {
      while firstBytes.count < 64, try source.read(into: &firstBytes, limit: 4096) > 0 {}
    } catch {
      throw Misread(.file(error))
    }
    let layout = FileLayout(request.format, firstBytes: firstBytes, path: request.path)
    let whole = PrefixedSource(firstBytes, source)
    switch layout {
    case .csv: return try readCSV(whole, request, help)
    case .json(let layout):
      var reading = JSONImport(
        whole, layout: layout, catalog: request.catalog, attributes: request.attributes)
      return try reading.read(file: request.path)
    }
  }

  private static func readCSV(
    _ source: some ByteSource, _ request: ImportRequest, _ help: ImportHelp
  ) throws(Misread) -> ImportedSubaccounts {
    var visitor = CSVImport(catalog: request.catalog, attributes: request.attributes)
    var halves = CSVHalves(source, help)
    do {
      try halves.read(&visitor)
    } catch {
      throw error.naming(error.column.flatMap { visitor.name(ofColumn: $0) })
    }
    return visitor.finish(file: request.path)
  }
}
