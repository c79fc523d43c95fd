import Foundation

/// The built executable, run as a user runs it: by a shell, in a directory, with nothing else set.
struct Program {
  /// What a command came to.
  struct Result {
    let output: [UInt8]
    let errors: [UInt8]
    let status: Int32

    var outputText: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
  }

  /// Where `permql` is: beside the tests, or where `PERMQL_EXECUTABLE` says.
  static let directory: String = {
    if let path = ProcessInfo.processInfo.environment["PERMQL_EXECUTABLE"] {
      return URL(fileURLWithPath: path).deletingLastPathComponent().path
    }
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: tests ?? CommandLine.arguments[0])
      .deletingLastPathComponent().path
  }()

  /// The project's own directory.
  static let project = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Runs a shell command and waits for it, at most `seconds`; the status is then 124.
  ///
  /// Output goes to files, so that nothing can block on a full pipe. A process that a signal ended
  /// has the status that shells give it: 128 and the signal's number.
  static func run(
    _ command: String, in directory: URL, input: [UInt8] = [], seconds: Int = 60
  ) throws -> Result {
    let files = FileManager.default.temporaryDirectory
      .appendingPathComponent("permql-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: files) }
    let (inputFile, outputFile, errorFile) = (
      files.appendingPathComponent("in"), files.appendingPathComponent("out"),
      files.appendingPathComponent("err")
    )
    try Data(input).write(to: inputFile)
    try Data().write(to: outputFile)
    try Data().write(to: errorFile)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["timeout", "-k", "5", "\(seconds)", "sh", "-c", command]
    process.currentDirectoryURL = directory
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    let ended = process.terminationStatus
    return Result(
      output: Array(try Data(contentsOf: outputFile)),
      errors: Array(try Data(contentsOf: errorFile)),
      status: process.terminationReason == .uncaughtSignal ? 128 + ended : ended)
  }

  private static let environment = [
    "PATH": "\(directory):/usr/local/bin:/usr/bin:/bin",
    "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TZ": "UTC", "LOGNAME": "sam", "USER": "sam",
    "SWIFT_BACKTRACE": "enable=no",
  ]
}
