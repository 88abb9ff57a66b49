import Foundation
import SoakParts
import TestSupport

/// What `make soak` and `make beside` run: `soak dashboard|beside [seconds=…] [seed=…] [data=…] [repeats=8]`.
///
/// `soak heaps` and `soak heaps back` tell what stays of freed memory, in MiB, without and with `FreedMemory`.
/// Prints its log, a line for each minute, and at the end a table; status 0 where nothing is wrong.
@main enum Soak {
    static func main() {
        do {
            exit(try run() ? 0 : 1)
        } catch {
            tell("soak: \(error)")
            exit(1)
        }
    }

    private static func run() throws -> Bool {
        switch CommandLine.arguments.dropFirst().first {
        case "beside": return try beside()
        case "heaps":
            tell("\(HeapTrial.kept(givesBack: CommandLine.arguments.last == "back"))")
            return true
        default: return try dashboard()
        }
    }

    /// The value of a word such as `seed=3`.
    private static func word(_ name: String) -> String? {
        let words = CommandLine.arguments.dropFirst()
        return words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    private static func number(_ name: String) -> Int? { word(name).flatMap { Int($0) } }

    private static var seed: Int { number("seed") ?? Int(Date().timeIntervalSince1970) }

    /// Prints a line at once, also into a file.
    private static func tell(_ line: String) {
        print(line)
        fflush(nil)
    }

    private static func dashboard() throws -> Bool {
        let folder = try TemporaryFolder()
        let data = word("data") ?? "mnist"
        let soak = try DashboardSoak(folder: folder, data: data, seed: seed, log: SoakLog(tell))
        try soak.run(seconds: Double(number("seconds") ?? 7200))
        let report = SoakReport(soak.samples)
        tell(report.text)
        try soak.quit()
        let check = try Program.run(["runs", "check", "--store", soak.store])
        tell("runs check: \(check.output.trimmingCharacters(in: .newlines)) (status \(check.status))")
        let isSame = try repeats(store: soak.store, folder, data, epochs: 50)
        return report.isSteady && check.status == 0 && isSame
    }

    private static func beside() throws -> Bool {
        let folder = try TemporaryFolder()
        let data = try word("data") ?? digits(in: folder)
        let soak = try BesideSoak(folder: folder, data: data, seed: seed, log: SoakLog(tell))
        try soak.run(seconds: Double(number("seconds") ?? 600))
        try soak.finish()
        tell(soak.report.text)
        let isSame = try repeats(store: soak.store, folder, data, epochs: 400)
        return soak.report.isWhole && isSame
    }

    /// A small data set: its epochs are short, and the store is written often.
    private static func digits(in folder: TemporaryFolder) throws -> String {
        try SomeDigits.write(to: folder)
        return folder.path("digits")
    }

    private static func repeats(
        store: String, _ folder: TemporaryFolder, _ data: String, epochs: Int
    ) throws -> Bool {
        let bits = try RepeatedBits(store: store, folder: folder, data: data)
            .compare(most: number("repeats") ?? 8, epochs: epochs)
        let all = bits.equal.count + bits.differing.count
        tell("repeated without a screen, to the same bits: \(bits.equal.count) of \(all)")
        for difference in bits.differing { tell(difference) }
        return bits.differing.isEmpty && !bits.equal.isEmpty
    }
}
