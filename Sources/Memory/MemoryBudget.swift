import Foundation

/// The memory that the program lets itself take for one thing: a network that trains, a data set, a file.
package struct MemoryBudget: Sendable, Equatable {
    /// What sets the bound.
    package enum Bound: Sendable, Equatable {
        /// 60 % of the machine's memory.
        case machine
        /// 60 % of what the program's control group may take, as in a container.
        case controlGroup
        /// What the limit of the address space (`ulimit -v`) leaves.
        case addressSpace
        /// `MemoryBudget.most`.
        case program
    }

    /// So many at most.
    package let bytes: Int
    /// What sets the bound.
    package let bound: Bound

    package init(bytes: Int, bound: Bound) { (self.bytes, self.bound) = (bytes, bound) }

    /// The program takes no more, however much there is: 4 GiB.
    package static let most = 4 << 30
    /// The share of a machine's or a control group's memory; the rest is for its other programs.
    private static let share = 0.6
    /// Addresses left for stacks and for what libraries take: OpenBLAS takes 128 MiB for each thread that
    /// computes a product, and does not return where it gets none.
    private static let reserve = (96 + 136 * min(ProcessInfo.processInfo.activeProcessorCount, 8)) << 20

    /// The least of all bounds now. The limit of the address space counts from what the program had at its start: a
    /// network that trains makes room for the next one.
    package static var current: MemoryBudget {
        guard let limit = AddressSpace.limit else { return lasting }
        let left = max(0, limit - AddressSpace.atStart - reserve)
        return left < lasting.bytes ? MemoryBudget(bytes: left, bound: .addressSpace) : lasting
    }

    /// Those bounds that stay as they are.
    private static let lasting = MemoryBudget(
        machine: Int(clamping: ProcessInfo.processInfo.physicalMemory), controlGroup: ControlGroup.memoryLimit())

    /// - Parameters:
    ///   - machine: its memory in bytes.
    ///   - controlGroup: what the control group may take, in bytes; nil where it has no limit.
    package init(machine: Int, controlGroup: Int?) {
        var least = MemoryBudget(bytes: Self.most, bound: .program)
        for (bytes, bound) in [(machine, Bound.machine), (controlGroup ?? .max, .controlGroup)] {
            let bytes = Int(Double(bytes) * Self.share)
            if bytes < least.bytes { least = MemoryBudget(bytes: bytes, bound: bound) }
        }
        self = least
    }

    /// What is expected, for an error: `at most 4096 MiB, 60 % of this machine's memory`.
    package var expected: String { "at most \(Self.mebibytes(bytes))\(reason.map { ", \($0)" } ?? "")" }

    private var reason: String? {
        switch bound {
        case .machine: "60 % of this machine's memory"
        case .controlGroup: "60 % of the memory of this container (its control group)"
        case .addressSpace: "what the limit of the address space (ulimit -v) leaves"
        case .program: nil
        }
    }

    /// Rounded up: `5 MiB`.
    package static func mebibytes(_ bytes: Int) -> String {
        "\((bytes >> 20) + (bytes % (1 << 20) > 0 ? 1 : 0)) MiB"
    }

    /// Refuses what takes more, or what the system has no room for now.
    ///
    /// - Parameter bytes: that are about to be taken.
    /// - Throws: `MemoryRefusal` with the figures.
    package func check(_ bytes: Int) throws(MemoryRefusal) {
        guard bytes <= self.bytes else { throw MemoryRefusal(bytes: bytes, expected: expected) }
        guard AddressSpace.hasRoom(for: bytes) else {
            throw MemoryRefusal(bytes: bytes, expected: "less, as the system has no room for so much now")
        }
    }
}

/// Something takes more memory than there is for it.
package struct MemoryRefusal: Error, Equatable, Sendable {
    /// That it would take.
    package let bytes: Int
    /// What would do instead, in words: `at most 300 MiB, …`.
    package let expected: String

    package init(bytes: Int, expected: String) { (self.bytes, self.expected) = (bytes, expected) }

    /// That it would take, in words: `5 MiB`.
    package var amount: String { MemoryBudget.mebibytes(bytes) }
}
