import Foundation
import Kernels

/// The machine that trained a run.
package struct MachineFacts: Sendable, Equatable {
    /// Workers that shared each step.
    package var threads: Int
    /// The processor that OpenBLAS chose its kernels for, such as `Zen`.
    package var blas: String
    /// The machine's name.
    package var host: String
    /// The vector level of the program's own kernels, such as `x86-64-v4`; empty where it was not recorded.
    package var kernels: String

    package init(threads: Int, blas: String, host: String, kernels: String = "") {
        self.threads = threads
        self.blas = blas
        self.host = host
        self.kernels = kernels
    }

    /// This machine.
    package static func current(threads: Int) -> MachineFacts {
        MachineFacts(threads: threads, blas: BLASLibrary.core, host: hostName, kernels: KernelLevel.current.name)
    }

    static let hostName = ProcessInfo.processInfo.hostName
}
