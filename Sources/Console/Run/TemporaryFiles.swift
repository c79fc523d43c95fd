import Diagnostics
import Evaluation
import Interchange

struct LocalFiles: FileExchange {
  func read(_ request: ImportRequest) throws(Diagnostic) -> ImportedSubaccounts {
    throw Diagnostic(UsageProblem.unreadableScript(request.path, reason: "not yet", near: []))
  }
  func write(_ request: ExportRequest) throws(Diagnostic) -> any PendingFile {
    throw Diagnostic(UsageProblem.unreadableScript(request.path, reason: "not yet", near: []))
  }
  func script(at path: Text) throws(Diagnostic) -> SourceText {
    do {
      let file = try SystemFile.open(reading: path)
      return try ScriptReader.read(FileSource(file), name: path)
    } catch {
      throw Diagnostic(UsageProblem.unreadableScript(path, reason: "\(error)", near: []))
    }
  }
}
