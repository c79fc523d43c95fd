import Diagnostics
import Language

/// Prints scripts in standard layout, or rewrites their files.
struct Reformatter {
  let sink: ResultSink
  let inPlace: Bool

  /// A script with a mistake is left as it is, and its mistakes are told.
  func reformat(_ sources: [SourceText]) throws(Diagnostic) -> ExitStatus {
    var status = ExitStatus.done
    for source in sources {
      let (text, mistakes): (Text, [Diagnostic]) = ("", [])
      for mistake in mistakes { sink.report(mistake) }
      if let mistake = mistakes.first {
        if status == .done { status = mistake.status }
      } else if !inPlace {
        sink.print(text)
      } else if text.bytes != source.bytes {
        try rewrite(source.name, text)
      }
    }
    return status
  }
}

extension Reformatter {
  private func rewrite(_ path: Text, _ text: Text) throws(Diagnostic) {
  }
}
