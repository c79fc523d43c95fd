import Diagnostics
import Language
import Storage

extension Session {
  /// How many subaccounts the last statement of a line being typed would change.
  ///
  /// It is what a preview computes, on the state that is known: no lock is taken, no file is read.
  ///
  /// - Returns: nil where the line is no write that could run, or one that is not looked at.
  package func reach(of bytes: [UInt8]) -> Reach? {
    let source = SourceText(name: "<prompt>", bytes: bytes)
    let (script, mistakes) = Parser.parse(source)
    guard mistakes.isEmpty, let last = script.statements.last, script.statements.count == 1 else {
      return nil
    }
    let action: WriteStatement.Action
    switch last.kind {
    case .write(let write), .preview(let write): action = write.action
    default: return nil
    }
    switch action {
    case .grant, .grantOnly, .revoke, .copy, .delete, .set, .unset, .protect, .unprotect: break
    default: return nil
    }
    var run = runForPrompt(source, sink: SilentSink())
    run.resolver.source = source
    run.resolver.now = now
    let resolved = run.resolver.resolve(last)
    guard run.resolver.takeFindings().allSatisfy({ $0.severity != .error }), let resolved else {
      return nil
    }
    let write: ResolvedWrite
    switch resolved.kind {
    case .write(let found), .preview(let found): write = found
    default: return nil
    }
    guard let computed = try? run.compute(write) else { return nil }
    return Reach(changed: computed.changed, all: store.table.live.count)
  }
}
