/** The official client ships no types; these are the parts that the tour uses. */
declare module '@mailchimp/mailchimp_marketing' {
  type Answer = Promise<Record<string, unknown>>;
  type Options = Record<string, unknown>;
  const client: {
    /** replaces the address that `setConfig` made; set it afterwards */
    basePath: string;
    setConfig(config: { apiKey: string; server: string }): void;
    ping: { get(): Answer };
    root: { getRoot(): Answer };
    lists: {
      getAllLists(options?: Options): Answer;
      createList(body: unknown): Answer;
      addListMergeField(listId: string, body: unknown): Answer;
      addListMember(listId: string, body: unknown, options?: Options): Answer;
      setListMember(listId: string, hash: string, body: unknown, options?: Options): Answer;
      batchListMembers(listId: string, body: unknown, options?: Options): Answer;
      getListMembersInfo(listId: string, options?: Options): Answer;
      getListMember(listId: string, hash: string): Answer;
      updateListMemberTags(listId: string, hash: string, body: unknown): Promise<null>;
      getListMemberTags(listId: string, hash: string): Answer;
      tagSearch(listId: string, options?: Options): Answer;
      batchSegmentMembers(body: unknown, listId: string, segmentId: string): Answer;
      createListWebhook(listId: string, body: unknown): Answer;
      getListWebhooks(listId: string): Answer;
      deleteListMember(listId: string, hash: string): Promise<null>;
      deleteListMemberPermanent(listId: string, hash: string): Promise<null>;
    };
    batches: { start(body: unknown): Answer; status(batchId: string): Answer };
    reports: { getCampaignRecipients(campaignId: string, options?: Options): Answer };
  };
  export default client;
}
