import Diagnostics
import Evaluation
import Language

/// Writes an exported file so that its target is either as it was or complete.
///
/// A regular file is written beside its target, for its owner alone, synced, and renamed when the
/// transaction has committed; a file that was there gives its mode to the new one. What a symbolic link
/// points to is replaced, not the link. A pipe or a device is written only then, from a file that
/// nobody else can see.
enum FileWriting {
  /// What is to be written, and where; what writes it gives back what is to be noted of it.
  struct Content {
    let path: Text
    /// Asked where a signal has ended a wait for a pipe's reader.
    let isInterrupted: @Sendable () -> Bool
    let write: (SystemFile) throws(FileFailure) -> [Diagnostic]
  }

  static func write(
    _ request: ExportRequest, _ watch: WritingWatch
  ) throws(Diagnostic) -> any PendingFile {
    let format = FileLayout.format(request.format, path: request.path)
    if request.isSpreadsheetSafe && format != .csv {
      throw Diagnostic(FileProblem(file: request.path, .notForSpreadsheets(format)))
    }
    return try write(
      Content(path: request.path, isInterrupted: watch.isInterrupted) {
        (file) throws(FileFailure) in
        try writeContents(of: request, to: file, watch)
      })
  }

  static func write(_ request: Content) throws(Diagnostic) -> any PendingFile {
    do throws(InterchangeProblem) {
      if request.path.utf8.contains(0) { throw .nulInPath }
      if let descriptor = FilePath.descriptor(of: request.path) {
        return try spool(request, target: .descriptor(descriptor))
      }
      switch try kind(at: request.path) {
      case .directory: throw .directory
      case .stream: return try spool(request, target: .path(request.path))
      case .regular(_, let mode):
        guard let path = SystemFile.resolved(request.path), SystemFile.isWritable(path) else {
          throw .notWritable
        }
        return try writeBeside(path, mode: mode, request)
      case nil: return try writeBeside(request.path, mode: nil, request)
      }
    } catch {
      throw Diagnostic(FileProblem(file: request.path, error))
    }
  }

  private static func kind(at path: Text) throws(InterchangeProblem) -> SystemFile.Kind? {
    if path.isEmpty { throw .missing(nearest: nil) }
    do { return try SystemFile.kind(at: path) } catch { throw .file(error) }
  }

  private static func writeBeside(
    _ path: Text, mode: UInt32?, _ request: Content
  ) throws(InterchangeProblem) -> any PendingFile {
    let place = FilePath(path)
    let (file, temporary) = try createTemporary(in: place.folder, for: place.name)
    do throws(FileFailure) {
      let notes = try request.write(file)
      if let mode { try file.setMode(mode) }
      try file.sync()
      return WrittenFile(
        temporary: temporary, target: path, folder: place.folder, shown: request.path,
        notes: notes)
    } catch {
      SystemFile.remove(temporary)
      throw .file(error)
    }
  }

  /// Replaces a regular file by other bytes, whole or not at all; its mode stays.
  static func replace(_ target: Text, with bytes: [UInt8]) throws(Diagnostic) {
    do throws(InterchangeProblem) {
      guard case .regular(_, let mode) = try kind(at: target),
        let path = SystemFile.resolved(target), SystemFile.isWritable(path)
      else { throw .notWritable }
      let place = FilePath(path)
      let (file, temporary) = try createTemporary(in: place.folder, for: place.name)
      do throws(FileFailure) {
        try file.write(bytes)
        try file.setMode(mode)
        try file.sync()
        try SystemFile.rename(temporary, to: path)
        try SystemFile.syncFolder(place.folder)
      } catch {
        SystemFile.remove(temporary)
        throw .file(error)
      }
    } catch {
      throw Diagnostic(FileProblem(file: target, error))
    }
  }

  private static func spool(
    _ request: Content, target: SpooledFile.Target
  ) throws(InterchangeProblem) -> any PendingFile {
    let (file, temporary) = try createTemporary(in: SystemFile.temporaryFolder, for: "export")
    SystemFile.remove(temporary)
    do {
      let notes = try request.write(file)
      return SpooledFile(
        file: file, target: target, shown: request.path, notes: notes,
        isInterrupted: request.isInterrupted)
    } catch {
      throw .file(error)
    }
  }

  private static func createTemporary(
    in folder: Text, for name: Text
  ) throws(InterchangeProblem) -> (SystemFile, Text) {
    var attempts = 0
    while true {
      let random = String(UInt64.random(in: .min ... .max), radix: 36)
      // The name is cut so that with what surrounds it, it is no longer than names may be.
      let stem = String(decoding: name.bytes.prefix(200), as: UTF8.self)
      let path = Text("\(folder)/.\(stem).\(random).permql")
      do {
        return (try SystemFile.create(path), path)
      } catch {
        if error.isMissing { throw .missingFolder(folder) }
        attempts += 1
        if !error.isTaken || attempts == 10 { throw .file(error) }
      }
    }
  }

  private static func writeContents(
    of request: ExportRequest, to file: SystemFile, _ watch: WritingWatch
  ) throws(FileFailure) -> [Diagnostic] {
    let plan = ExportPlan(request)
    var output = FileOutput(file, rows: request.rows.count, watch)
    switch FileLayout.format(request.format, path: request.path) {
    case .csv:
      var export = CSVExport(plan, isSpreadsheetSafe: request.isSpreadsheetSafe)
      try export.write(to: &output)
      guard let warning = export.warning else { return [] }
      return [Diagnostic(FileProblem(file: request.path, warning), severity: .warning)]
    case .json: try JSONExport(plan, isLines: false).write(to: &output)
    case .jsonl: try JSONExport(plan, isLines: true).write(to: &output)
    }
    return []
  }
}

/// A file beside its target.
final class WrittenFile: PendingFile {
  let notes: [Diagnostic]
  private let temporary: Text
  private let target: Text
  private let folder: Text
  private let shown: Text

  init(temporary: Text, target: Text, folder: Text, shown: Text, notes: [Diagnostic]) {
    self.temporary = temporary
    self.target = target
    self.folder = folder
    self.shown = shown
    self.notes = notes
  }

  deinit {
    // Nothing is there any more after `publish`.
    SystemFile.remove(temporary)
  }

  func publish() throws(Diagnostic) -> Publication {
    do {
      try SystemFile.rename(temporary, to: target)
      try SystemFile.syncFolder(folder)
      return .complete
    } catch {
      throw Diagnostic(FileProblem(file: shown, .file(error)))
    }
  }

  func discard() {
    SystemFile.remove(temporary)
  }
}
