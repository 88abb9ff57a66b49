import Foundation
import Kernels

/// Where a run was trained.
public struct MachineFacts: Sendable, Equatable {
    /// Workers that shared each step.
    public var threads: Int
    /// The processor that OpenBLAS has kernels for, such as `Zen`.
    public var blas: String
    public var host: String
    /// The vector level of the program's own kernels, such as `x86-64-v4`; empty where it was not recorded.
    public var kernels: String

    public init(threads: Int, blas: String, host: String, kernels: String = "") {
        self.threads = threads
        self.blas = blas
        self.host = host
        self.kernels = kernels
    }

    /// This machine.
    public static func current(threads: Int) -> MachineFacts {
        MachineFacts(threads: threads, blas: BLASLibrary.core, host: hostName, kernels: KernelLevel.current.name)
    }

    static let hostName = ProcessInfo.processInfo.hostName
}
