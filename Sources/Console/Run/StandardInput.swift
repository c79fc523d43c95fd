import Diagnostics
import Interchange

/// Standard input as the bytes of a script: a piece at a time, so that nothing endless is ever held.
struct StandardInput: ByteSource {
  /// - Throws: where it can't be read, or Ctrl-C came meanwhile.
  mutating func read(into bytes: inout [UInt8], limit: Int) throws(FileFailure) -> Int {
    while true {
      if Interruption.isRequested { throw FileFailure(.read, number: SystemCall.interruptedNumber) }
      switch SystemCall.read(from: 0, atMost: limit, into: &bytes) {
      case .some(let count): return count
      case .end: return 0
      case .interrupted: continue
      case .failed(let number): throw FileFailure(.read, number: number)
      }
    }
  }
}
