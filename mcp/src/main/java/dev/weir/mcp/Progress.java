package dev.weir.mcp;

/** Who is told how far a long call is. */
interface Progress {
    Progress NOBODY = (done, total) -> {};

    void tell(double done, double total);
}
