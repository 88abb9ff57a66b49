import Foundation
import Memory
import TestSupport
import Testing

@Suite struct MemoryBudgetTests {
    @Test("What takes more than the budget is refused with both figures, and with what sets the bound")
    func refused() throws {
        let budget = MemoryBudget(bytes: 64 << 20, bound: .controlGroup)
        try budget.check(64 << 20)
        let refusal = #expect(throws: MemoryRefusal.self) { try budget.check((64 << 20) + 1) }
        #expect(refusal?.amount == "65 MiB")
        #expect(refusal?.expected == "at most 64 MiB, 60 % of the memory of this container (its control group)")
    }

    @Test("What the system has no room for is refused before it is taken")
    func noRoom() {
        let refusal = #expect(throws: MemoryRefusal.self) {
            try MemoryBudget(bytes: .max, bound: .program).check(1 << 62)
        }
        #expect(refusal?.expected == "less, as the system has no room for so much now")
    }

    @Test("The budget of this machine is at most 4 GiB, and some is left for other programs")
    func machine() {
        let budget = MemoryBudget.current
        #expect(budget.bytes <= MemoryBudget.most)
        #expect(budget.bytes < ProcessInfo.processInfo.physicalMemory)
        #expect(budget.bytes > 64 << 20)
    }

    @Test(
        "The least limit of the control groups that hold the program counts, in both versions",
        arguments: [
            ("0::/user/job\n", ["user/job/memory.max": "max\n", "user/memory.max": "1073741824\n"], 1_073_741_824),
            ("0::/job\n", ["job/memory.max": "max\n", "job/memory.high": "536870912\n"], 536_870_912),
            ("0::/\n", ["memory.max": "268435456\n"], 268_435_456),
            ("0::/gone/../elsewhere\n", ["memory.max": "268435456\n"], 268_435_456),
            (
                "5:cpu:/job\n4:memory,hugetlb:/job\n",
                [
                    "memory/job/memory.limit_in_bytes": "134217728\n",
                    "memory/memory.limit_in_bytes": "9223372036854771712\n",
                ],
                134_217_728
            ),
            ("0::/job\n", ["job/memory.max": "max\n"], nil as Int?),
            ("nonsense\n0::\n", [:], nil),
        ])
    func controlGroups(membership: String, files: [String: String], limit: Int?) throws {
        let folder = try TemporaryFolder()
        try folder.write(membership, as: "proc/self/cgroup")
        for (name, text) in files { try folder.write(text, as: "sys/fs/cgroup/" + name) }
        #expect(ControlGroup.memoryLimit(root: folder.path) == limit)
    }

    @Test("The least of the bounds counts")
    func least() {
        #expect(MemoryBudget(machine: 1 << 40, controlGroup: nil) == MemoryBudget(bytes: 4 << 30, bound: .program))
        #expect(MemoryBudget(machine: 1000, controlGroup: nil) == MemoryBudget(bytes: 600, bound: .machine))
        #expect(MemoryBudget(machine: 1000, controlGroup: 500) == MemoryBudget(bytes: 300, bound: .controlGroup))
    }
}
