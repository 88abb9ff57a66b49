import CFuzzer
import Foundation
import FuzzTargets

/// libFuzzer around one of the targets: `TARGET=npy fuzzer [libFuzzer's options] [folders of inputs]`.
@main enum Fuzzer {
    static func main() {
        let isAsked = CommandLine.arguments.dropFirst().first == "--targets"
        guard !isAsked, Chosen.type != nil else {
            let names = FuzzTargets.all.map { "\($0.name) \($0.longestInput) \($0.mostMegabytes)" }
            print(names.joined(separator: "\n"))
            exit(isAsked ? 0 : 2)
        }
        setenv("TRAINSPOTTER_FUZZER_ALONE", "1", 1)
        guard Chosen.target != nil else { exit(2) }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in Chosen.run(bytes, count) })
    }
}

/// The target that the variable names.
private enum Chosen {
    static let type = ProcessInfo.processInfo.environment["TARGET"].flatMap(FuzzTargets.named)
    static let repair = type?.repair

    static let target: (any FuzzTarget)? = {
        do { return try type?.init() } catch {
            print("the target can't be set up: \(error)")
            return nil
        }
    }()

    static func run(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        guard let target else { return -1 }
        do {
            try Trial.run(target, Array(UnsafeBufferPointer(start: bytes, count: count)))
        } catch {
            FileHandle.standardError.write(Data("FOUND: \(error)\n".utf8))
            abort()
        }
        return 0
    }
}

/// libFuzzer calls it for each new input: its own changes, after half of which checksums are made right.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
    let changed = LLVMFuzzerMutate(bytes, count, most)
    guard let repair = Chosen.repair, seed.isMultiple(of: 2) else { return changed }
    let repaired = repair(Array(UnsafeBufferPointer(start: bytes, count: changed)))
    guard repaired.count <= most else { return changed }
    UnsafeMutableBufferPointer(start: bytes, count: most).baseAddress?.update(from: repaired, count: repaired.count)
    return repaired.count
}
