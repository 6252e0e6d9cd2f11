package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Many numbers, dialled one after the other by the queue. Accounts, threading and errors as {@link CallService}. */
public interface CampaignService {
    /** At most so many numbers. */
    int MOST_ROWS = 10_000;

    /** Accepts all of its numbers or none; stored, with a sync to the disk, when this returns. Running from then on. */
    Created<CampaignRecord> create(String account, NewCampaign campaign, Optional<RequestKey> key);

    CampaignRecord get(String account, String id);

    Page<CampaignRecord> list(String account, PageQuery query);

    /** No call of it begins after this returns, in any process, until it is resumed; those that are up go on. Twice does no harm. */
    CampaignRecord pause(String account, String id);

    /** Goes on; twice does no harm. */
    CampaignRecord resume(String account, String id);

    /** No call of it begins after this returns, and what waits ends as canceled soon; those that are up go on. Twice does no harm. */
    CampaignRecord cancel(String account, String id);

    /** What became of its numbers so far. */
    CampaignResult result(String account, String id);

    /** Cancels it where it is not over, and has it listed no more. */
    void delete(String account, String id);
}
